import { closest } from "../../expression/closest.ts";

/** What to do about a name that is not there: the one that was probably meant, or what would be legal. */
export function nameHint(name: string, names: readonly string[], otherwise: string): string {
  const meant = closest(name, names);
  if (meant) return `Did you mean \`${meant}\`?`;
  const legal = names.slice(0, 12).map((one) => `\`${one}\``);
  return names.length === 0 || names.length > 12
    ? otherwise
    : `${otherwise} There ${legal.length === 1 ? "is" : "are"} ${legal.join(", ")}.`;
}
