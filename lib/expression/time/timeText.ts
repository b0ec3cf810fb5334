import { microsecondsPerDay } from "./calendar.ts";

/** Microseconds since midnight of `09:30`, `09:30:15` or `09:30:15.123456`; null when the text is none. */
export function parseTime(text: string): bigint | null {
  const match = /^(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,6}))?)?$/.exec(text);
  if (!match) return null;
  const [, hour = "", minute = "", second = "0", fraction = ""] = match;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return null;
  const seconds = Number(hour) * 3600 + Number(minute) * 60 + Number(second);
  return BigInt(seconds) * 1_000_000n + BigInt(fraction.padEnd(6, "0"));
}

/** `09:30:00`, with as many digits of fraction as it takes. */
export function printTime(microseconds: bigint): string {
  const seconds = Number((microseconds % microsecondsPerDay) / 1_000_000n);
  const [hour, minute, second] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const clock = [hour, minute, second].map((part) => String(part).padStart(2, "0")).join(":");
  return `${clock}${printFraction(microseconds % 1_000_000n)}`;
}

/** `.5` for half a second, nothing for none. */
export function printFraction(microseconds: bigint): string {
  return microseconds === 0n ? "" : `.${microseconds.toString().padStart(6, "0").replace(/0+$/, "")}`;
}
