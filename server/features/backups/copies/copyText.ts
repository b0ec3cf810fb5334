const escapes: Readonly<Record<string, string>> = { b: "\b", f: "\f", n: "\n", r: "\r", t: "\t", v: "\v" };
const unescapes: Readonly<Record<string, string>> = {
  "\b": "\\b",
  "\f": "\\f",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  "\v": "\\v",
  "\\": "\\\\",
};

/** A field of COPY's text form; null where there is no value. */
export function readField(text: string): string | null {
  if (text === "\\N") return null;
  return text.includes("\\") ? text.replace(/\\(.)/gs, (_, sign: string) => escapes[sign] ?? sign) : text;
}

export function printField(value: string | null): string {
  return value === null ? "\\N" : value.replace(/[\b\f\n\r\t\v\\]/g, (sign) => unescapes[sign] ?? sign);
}

/** Changes fields of whole rows of COPY's text form; a field without a change stays as it is, byte for byte. */
export function changeRows(
  rows: Buffer,
  changes: readonly (((value: string | null) => string | null) | null)[],
): Buffer {
  const lines = rows.toString("utf8").split("\n");
  const changed = lines.map((line, at) => {
    // What follows the last line feed.
    if (at === lines.length - 1) return line;
    const fields = line.split("\t");
    for (const [index, change] of changes.entries()) {
      if (change) fields[index] = printField(change(readField(fields[index] ?? "\\N")));
    }
    return fields.join("\t");
  });
  return Buffer.from(changed.join("\n"), "utf8");
}
