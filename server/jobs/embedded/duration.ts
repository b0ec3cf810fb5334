const units: Readonly<Record<string, number>> = { w: 604_800_000, d: 86_400_000, h: 3_600_000, m: 60_000, s: 1000 };

/** The SDK's time strings, a duration (`1h30m`) or a moment (ISO 8601), as a moment; null when it is neither. */
export function momentOf(text: string, now = Date.now()): Date | null {
  if (/^(\d+[wdhms])+$/.test(text)) {
    let sum = 0;
    for (const [, amount, unit] of text.matchAll(/(\d+)([wdhms])/g)) sum += Number(amount) * (units[unit ?? ""] ?? 0);
    return new Date(now + sum);
  }
  // Nothing at all is what the SDK makes of a sleep of zero.
  if (text === "") return new Date(now);
  const moment = Date.parse(text);
  return /^\d{4}-/.test(text) && !Number.isNaN(moment) ? new Date(moment) : null;
}
