import type { MaskKey } from "./MaskKey.ts";
import { permuted } from "./permuted.ts";

const dayMilliseconds = 86_400_000;
const firstDay = Date.UTC(1900, 0, 1) / dayMilliseconds;
const days = Date.UTC(2100, 0, 1) / dayMilliseconds - firstDay;
const dayMicroseconds = 86_400_000_000n;

/** A day of the years 1900 to 2099, where the day itself is of these; others become one of them by hand of chance. */
export function maskDate(text: string, key: MaskKey): string {
  const day = Date.parse(`${text}T00:00:00Z`) / dayMilliseconds - firstDay;
  const masked =
    Number.isInteger(day) && day >= 0 && day < days
      ? permuted(BigInt(day), BigInt(days), key)
      : key.below(text, BigInt(days));
  return printDay(Number(masked));
}

function printDay(day: number): string {
  return new Date((day + firstDay) * dayMilliseconds).toISOString().slice(0, 10);
}

/** As `maskDate`, with a time of its own; as PostgreSQL prints moments in UTC. */
export function maskTimestamp(text: string, key: MaskKey): string {
  const [, date = "", time = ""] = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d(?:\.\d+)?)(?:\+00|Z)$/.exec(text) ?? [];
  const micros = microsecondsOf(time);
  const day = Date.parse(`${date}T00:00:00Z`) / dayMilliseconds - firstDay;
  const size = BigInt(days) * dayMicroseconds;
  const isKnown = micros !== null && Number.isInteger(day) && day >= 0 && day < days;
  const masked = isKnown ? permuted(BigInt(day) * dayMicroseconds + micros, size, key) : key.below(text, size);
  return `${printDay(Number(masked / dayMicroseconds))} ${printTime(masked % dayMicroseconds)}+00`;
}

export function maskTime(text: string, key: MaskKey): string {
  const micros = microsecondsOf(text);
  return printTime(
    micros === null || micros >= dayMicroseconds
      ? key.below(text, dayMicroseconds)
      : permuted(micros, dayMicroseconds, key),
  );
}

/** Some time shorter than a day. */
export function maskDuration(text: string, key: MaskKey): string {
  const micros = key.below(text, dayMicroseconds);
  return `PT${micros / 1_000_000n}.${String(micros % 1_000_000n).padStart(6, "0")}S`;
}

function microsecondsOf(time: string): bigint | null {
  const [, hours, minutes, seconds, fraction = ""] = /^(\d\d):(\d\d):(\d\d)(?:\.(\d{1,6}))?$/.exec(time) ?? [];
  if (hours === undefined || minutes === undefined || seconds === undefined) return null;
  const whole = (BigInt(hours) * 60n + BigInt(minutes)) * 60n + BigInt(seconds);
  return whole * 1_000_000n + BigInt(fraction.padEnd(6, "0"));
}

function printTime(micros: bigint): string {
  const seconds = micros / 1_000_000n;
  const parts = [seconds / 3600n, (seconds / 60n) % 60n, seconds % 60n].map((part) => String(part).padStart(2, "0"));
  return `${parts.join(":")}.${String(micros % 1_000_000n).padStart(6, "0")}`;
}
