import { inRange } from "../integerRange.ts";
import { printFraction } from "./timeText.ts";

const iso =
  /^([+-]?)P(?:(\d{1,15})W)?(?:(\d{1,15})D)?(?:T(?:(\d{1,15})H)?(?:(\d{1,15})M)?(?:(\d{1,15})(?:\.(\d{1,6}))?S)?)?$/;

const second = 1_000_000n;
const [minute, hour, day, week] = [60n * second, 3600n * second, 86_400n * second, 604_800n * second];

/** Microseconds of `PT1H30M`, `-PT1.5S`, `P2DT3H` or `P1W`; null when the text is none, or longer than 64 bits hold. */
export function parseDuration(text: string): bigint | null {
  const match = iso.exec(text);
  if (!match || /[PT]$/.test(text)) return null;
  const [, sign, weeks = "0", days = "0", hours = "0", minutes = "0", seconds = "0", fraction = ""] = match;
  const length =
    BigInt(weeks) * week +
    BigInt(days) * day +
    BigInt(hours) * hour +
    BigInt(minutes) * minute +
    BigInt(seconds) * second +
    BigInt(fraction.padEnd(6, "0"));
  return inRange(sign === "-" ? -length : length);
}

/** `PT36H30M1.5S`: hours, minutes and seconds; `PT0S` for none. */
export function printDuration(microseconds: bigint): string {
  const length = microseconds < 0n ? -microseconds : microseconds;
  const [hours, minutes, seconds] = [length / hour, (length % hour) / minute, (length % minute) / second];
  const fraction = printFraction(length % second);
  const parts = [
    hours > 0n ? `${hours}H` : "",
    minutes > 0n ? `${minutes}M` : "",
    seconds > 0n || fraction !== "" || length < minute ? `${seconds}${fraction}S` : "",
  ].join("");
  const shown = length >= minute && seconds === 0n && fraction === "" ? parts.replace(/0S$/, "") : parts;
  return `${microseconds < 0n ? "-" : ""}PT${shown}`;
}

const units: Readonly<Record<string, bigint>> = { d: day, h: hour, m: minute, s: second, ms: 1000n, us: 1n };

/** `1h30m`, `-1.5s`, `7d`, as expressions write it, or ISO 8601; null when the text is none. */
export function parseDurationLiteral(text: string): bigint | null {
  if (!/^[+-]?(?:\d{1,15}(?:\.\d{1,9})?(?:d|h|ms|m|us|s))+$/.test(text)) return text === "0" ? 0n : parseDuration(text);
  let length = 0n;
  for (const [, whole = "", fraction = "", unit = ""] of text.matchAll(/(\d+)(?:\.(\d+))?(d|h|ms|m|us|s)/g)) {
    const scaled = BigInt(whole + fraction) * (units[unit] ?? 0n);
    const parts = 10n ** BigInt(fraction.length);
    if (scaled % parts !== 0n) return null;
    length += scaled / parts;
  }
  return inRange(text.startsWith("-") ? -length : length);
}
