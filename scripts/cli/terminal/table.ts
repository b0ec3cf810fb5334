/** Columns side by side, each as wide as its widest cell; the last is not filled up. */
export function table(rows: readonly (readonly string[])[], heads?: readonly string[]): string {
  const all = heads ? [heads, ...rows] : rows;
  const widths = (all[0] ?? []).map((_, column) => Math.max(...all.map((row) => lengthOf(row[column] ?? ""))));
  return all
    .map((row) =>
      row
        .map((cell, column) =>
          column === row.length - 1 ? cell : cell + " ".repeat((widths[column] ?? 0) - lengthOf(cell)),
        )
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

/** In characters that are seen. */
function lengthOf(text: string): number {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours begin with one.
  return [...text.replaceAll(/\u001B\[[0-9;]*m/g, "")].length;
}
