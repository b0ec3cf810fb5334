/** As many microseconds as PostgreSQL's interval holds: about 292,000 years. */
const limit = 9_223_372_036_854_775_807n;

const shape = /^([+-]?)P(?:(\d+)W)?(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:[.,](\d{1,6}))?S)?)?$/i;

/**
 * A length of time of ISO 8601 in hours, minutes and seconds: `"PT90M"` to `"PT1H30M"`, `"P1DT12H"` to `"PT36H"`,
 * `"-PT0.50S"` to `"-PT0.5S"`. Days have 24 hours and weeks 7 days; months and years have no length of their own.
 * Null when the text is none.
 */
export function canonicalDuration(text: string): string | null {
  const microseconds = durationMicroseconds(text);
  return microseconds === null ? null : durationText(microseconds);
}

/** The microseconds of a length of time; null when the text is none. */
export function durationMicroseconds(text: string): bigint | null {
  const match = text.length > 100 ? null : shape.exec(text);
  if (!match || match.slice(2, 7).every((part) => part === undefined)) return null;
  const [, sign, weeks = "0", days = "0", hours = "0", minutes = "0", seconds = "0", fraction = ""] = match;
  const wholeHours = (BigInt(weeks) * 7n + BigInt(days)) * 24n + BigInt(hours);
  const wholeSeconds = (wholeHours * 60n + BigInt(minutes)) * 60n + BigInt(seconds);
  const microseconds = wholeSeconds * 1_000_000n + BigInt(fraction.padEnd(6, "0"));
  if (microseconds > limit) return null;
  return sign === "-" ? -microseconds : microseconds;
}

/** The canonical text of a length of time. */
export function durationText(microseconds: bigint): string {
  const size = microseconds < 0n ? -microseconds : microseconds;
  if (size === 0n) return "PT0S";
  const wholeSeconds = size / 1_000_000n;
  const hours = wholeSeconds / 3600n;
  const minutes = (wholeSeconds / 60n) % 60n;
  const seconds = wholeSeconds % 60n;
  const fraction = (size % 1_000_000n).toString().padStart(6, "0").replace(/0+$/, "");
  const last = seconds === 0n && fraction === "" ? "" : `${seconds}${fraction === "" ? "" : `.${fraction}`}S`;
  const parts = `${hours === 0n ? "" : `${hours}H`}${minutes === 0n ? "" : `${minutes}M`}${last}`;
  return `${microseconds < 0n ? "-" : ""}PT${parts}`;
}
