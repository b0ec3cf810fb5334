/** Smallest units as people write them: 2380 of "eur" is €23.80. */
export function money(amount: number, currency: string): string {
  const code = currency.toUpperCase();
  const format = new Intl.NumberFormat("en", { style: "currency", currency: code });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  const value = amount / 10 ** digits;
  // What is whole is said without its zeros; what costs less than the smallest unit with as many digits as it takes.
  const shape = Number.isInteger(value)
    ? { maximumFractionDigits: 0 }
    : { minimumFractionDigits: digits, maximumFractionDigits: Math.max(digits, amount % 1 === 0 ? 0 : digits + 2) };
  return new Intl.NumberFormat("en", { style: "currency", currency: code, ...shape }).format(value);
}

/** "1 day", "12 days" from one moment to another; never below zero. */
export function daysBetween(from: number, to: Date): string {
  const days = Math.max(0, Math.ceil((to.getTime() - from) / (24 * 60 * 60_000)));
  return `${days} ${days === 1 ? "day" : "days"}`;
}

/** "3 December 2026", the same for everybody who reads it. */
export function dateWords(date: Date): string {
  return date.toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
}
