/** One parameter of a query as one reads it. */
export interface QueryRow {
  readonly name: string;
  readonly value: string;
}

/** The parameters of a path, decoded; what cannot be decoded stays as it is. */
export function queryRows(path: string): readonly QueryRow[] {
  const query = path.split("?", 2)[1] ?? path.slice(path.length);
  if (query === "") return [];
  return query.split("&").map((pair) => {
    const [name = "", ...value] = pair.split("=");
    return { name: decoded(name), value: decoded(value.join("=")) };
  });
}

/** The path with other parameters; brackets, commas and the like stay as people read them. */
export function withQuery(path: string, rows: readonly QueryRow[]): string {
  const [bare = ""] = path.split("?", 1);
  const pairs = rows.map(({ name, value }) => `${encoded(name)}=${encoded(value)}`);
  return pairs.length === 0 ? bare : `${bare}?${pairs.join("&")}`;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return text;
  }
}

function encoded(text: string): string {
  return encodeURIComponent(text).replace(/%(5B|5D|2C|3A|2F|40|24|28|29|21|2A)/g, (code) => decodeURIComponent(code));
}
