export type Lifetime = "7" | "30" | "90" | "365" | "date" | "never";

/** How long a token may be good for; the numbers are days. */
export const lifetimes: readonly { value: Lifetime; label: string }[] = [
  { value: "7", label: "in 7 days" },
  { value: "30", label: "in 30 days" },
  { value: "90", label: "in 90 days" },
  { value: "365", label: "in a year" },
  { value: "date", label: "on a day …" },
  { value: "never", label: "never" },
];

/** How long, as somebody chose it; `day` such as 2026-03-01, for `date`. */
export interface ChosenLifetime {
  readonly lifetime: Lifetime;
  readonly day: string;
}

/** When a token of this lifetime made now expires: at the end of a chosen day; null is never. */
export function expiryOf({ lifetime, day }: ChosenLifetime, now: Date): Date | null {
  if (lifetime === "never") return null;
  if (lifetime === "date") return new Date(`${day}T23:59:59`);
  return new Date(now.getTime() + Number(lifetime) * 24 * 3600 * 1000);
}
