export type Lifetime = "30" | "90" | "365" | "never";

/** How long a token may be good for; the values are days. */
export const lifetimes: readonly { value: Lifetime; label: string }[] = [
  { value: "30", label: "in 30 days" },
  { value: "90", label: "in 90 days" },
  { value: "365", label: "in a year" },
  { value: "never", label: "never" },
];

/** When a token of this lifetime made now expires; null is never. */
export function expiryOf(lifetime: Lifetime, now: Date): Date | null {
  return lifetime === "never" ? null : new Date(now.getTime() + Number(lifetime) * 24 * 3600 * 1000);
}
