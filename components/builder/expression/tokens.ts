export interface Token {
  readonly kind: "name" | "text" | "number" | "sign";
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** Of a text: whether its closing quote is there. */
  readonly closed?: boolean;
}

const piece =
  /(?<text>[rRbB]?(?<quote>["'])(?:\\.|(?!\k<quote>)[^\\\n])*(?<close>\k<quote>)?)|(?<comment>\/\/[^\n]*)|(?<name>[A-Za-z_]\w*)|(?<number>\d[\w.]*)|(?<sign>&&|\|\||[=!<>]=|[^\s\w])/gs;

/** The pieces of an expression as far as it is written; never throws, for what is still being typed. */
export function tokensOf(source: string): readonly Token[] {
  return [...source.matchAll(piece)].flatMap(({ index, groups = {}, 0: text }): readonly Token[] => {
    const at = { text, start: index, end: index + text.length };
    if (groups.text !== undefined) return [{ kind: "text", ...at, closed: groups.close !== undefined }];
    if (groups.name !== undefined) return [{ kind: "name", ...at }];
    if (groups.number !== undefined) return [{ kind: "number", ...at }];
    return groups.sign === undefined ? [] : [{ kind: "sign", ...at }];
  });
}
