/** Constructs that mean the same to PostgreSQL and JavaScript, and to both on every text. */
const shared =
  /^(?:[^\\[\](){}.*+?^$|]|\.|\\[\\.^$*+?()[\]{}|\-/]|\[\^?(?:[^\\[\]]|\\[\\\-\]^])+\]|\((?:\?:)?|\)|\||[*+?]|\{\d{1,3}(?:,\d{0,3})?\})*$/;

/**
 * The pattern for a whole value of a regular expression anchored at both ends; null for one that looks for a part, or
 * that uses what PostgreSQL and JavaScript read differently.
 */
export function wholePattern(expression: string): string | null {
  const match = /^\^(.*)\$$/s.exec(expression);
  const inner = match?.[1];
  if (inner === undefined || inner === "" || /\\$/.test(inner) || inner.includes("\n")) return null;
  // `^a|b$` is anchored at one end of each alternative only.
  if (hasOuterAlternative(inner) || !shared.test(inner)) return null;
  try {
    new RegExp(inner, "u");
    return inner;
  } catch {
    return null;
  }
}

function hasOuterAlternative(pattern: string): boolean {
  let depth = 0;
  for (const [part] of pattern
    .replace(/\\./g, "")
    .replace(/\[[^\]]*\]/g, "")
    .matchAll(/[()|]/g)) {
    if (part === "(") depth++;
    else if (part === ")") depth--;
    else if (depth === 0) return true;
  }
  return false;
}
