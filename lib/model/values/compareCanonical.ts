import { durationMicroseconds } from "./canonicalDuration.ts";
import type { BoundedKind } from "./canonicalText.ts";

/** Below zero when `a` comes before `b`, zero when they are equal; both canonical texts of the kind. */
export function compareCanonical(a: string, b: string, kind: BoundedKind): number {
  switch (kind) {
    case "integer":
    case "bigint":
    case "decimal":
      return compareDecimals(a, b);
    case "date":
    case "time":
      // `09:30:00` stands before `09:30:00.5`, which stands before `09:30:01`.
      return compareText(a, b);
    case "duration":
      return compareDurations(a, b);
    case "timestamp":
      return compareText(sortable(a), sortable(b));
  }
}

function compareDecimals(a: string, b: string): number {
  const scale = Math.max(fractionOf(a).length, fractionOf(b).length);
  const [left, right] = [scaled(a, scale), scaled(b, scale)];
  return left < right ? -1 : left > right ? 1 : 0;
}

function compareDurations(a: string, b: string): number {
  const [left, right] = [durationMicroseconds(a) ?? 0n, durationMicroseconds(b) ?? 0n];
  return left < right ? -1 : left > right ? 1 : 0;
}

function scaled(text: string, scale: number): bigint {
  const [whole = "0"] = text.split(".");
  return BigInt(whole + fractionOf(text).padEnd(scale, "0"));
}

function fractionOf(text: string): string {
  return text.split(".")[1] ?? "";
}

/** Six digits of fraction, so that byte order is the order in time. */
function sortable(timestamp: string): string {
  const [seconds = "", fraction = ""] = timestamp.slice(0, -1).split(".");
  return `${seconds}.${fraction.padEnd(6, "0")}`;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
