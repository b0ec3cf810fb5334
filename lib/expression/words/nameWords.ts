/** `closedOn` as `closed on`, `in_progress` as `in progress`. */
export function nameWords(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replaceAll("_", " ")
    .toLowerCase();
}

/** The last two are joined by the word: `a, b or c`. */
export function series(parts: readonly string[], word: "and" | "or" | "nor"): string {
  const last = parts.at(-1) ?? "";
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(", ")} ${word} ${last}`;
}
