/** The text of a one-dimensional array as PostgreSQL reads it; every element is quoted, so that none means more than it says. */
export function arrayLiteral(elements: readonly string[]): string {
  return `{${elements.map((element) => `"${element.replace(/["\\]/g, "\\$&")}"`).join()}}`;
}

/** The elements of such a text, also as PostgreSQL prints it, with quotes only where they are needed. Null when it is none. */
export function arrayElements(literal: string): readonly string[] | null {
  if (!literal.startsWith("{") || !literal.endsWith("}")) return null;
  const inner = literal.slice(1, -1);
  if (inner === "") return [];
  const elements: string[] = [];
  const element = /"((?:[^"\\]|\\.)*)"|([^",{}\\]+)/gsy;
  for (;;) {
    const match = element.exec(inner);
    if (!match) return null;
    elements.push(match[1]?.replace(/\\(.)/gs, "$1") ?? match[2] ?? "");
    if (element.lastIndex === inner.length) return elements;
    if (inner[element.lastIndex] !== ",") return null;
    element.lastIndex += 1;
  }
}
