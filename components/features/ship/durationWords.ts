const units = [
  { name: "d", milliseconds: 86_400_000 },
  { name: "h", milliseconds: 3_600_000 },
  { name: "min", milliseconds: 60_000 },
  { name: "s", milliseconds: 1000 },
] as const;

/** `3 d 4 h`, `12 min`, `8 s` */
export function durationWords(milliseconds: number): string {
  const first = units.findIndex((unit) => milliseconds >= unit.milliseconds);
  const unit = units[first];
  if (!unit) return "0 s";
  const count = Math.floor(milliseconds / unit.milliseconds);
  const next = unit.name === "d" || unit.name === "h" ? units[first + 1] : undefined;
  const rest = next ? Math.floor((milliseconds % unit.milliseconds) / next.milliseconds) : 0;
  return next && rest > 0 ? `${count} ${unit.name} ${rest} ${next.name}` : `${count} ${unit.name}`;
}
