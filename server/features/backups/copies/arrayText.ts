/** The items of a list in PostgreSQL's text form, `{a,"b c",NULL}`; null for an item that is none. */
export function readArray(text: string): readonly (string | null)[] {
  const items: (string | null)[] = [];
  const inside = text.slice(text.indexOf("{") + 1, -1);
  if (inside === "") return items;
  let at = 0;
  while (at <= inside.length) {
    const quoted = inside[at] === '"';
    const found = quoted ? /"((?:[^"\\]|\\.)*)"/sy : /[^,]*/sy;
    found.lastIndex = at;
    const [whole = "", content] = found.exec(inside) ?? [];
    if (quoted) items.push((content ?? "").replace(/\\(.)/gs, "$1"));
    else items.push(whole === "NULL" ? null : whole);
    // The comma that follows.
    at += whole.length + 1;
  }
  return items;
}

export function printArray(items: readonly (string | null)[]): string {
  const printed = items.map((item) => (item === null ? "NULL" : `"${item.replace(/["\\]/g, "\\$&")}"`));
  return `{${printed.join(",")}}`;
}
