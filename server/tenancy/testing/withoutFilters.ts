const ends =
  /^(?:group\s+by|having|window|order\s+by|limit|offset|fetch|for\s+(?:update|share|no|key)|returning|union|except|intersect|on\s+conflict)\b/i;
/** Texts and quoted names, in which words mean nothing. */
const quoted = /^(?:'(?:[^']|'')*'|"(?:[^"]|"")*")/;
const word = /^[a-z_][a-z_0-9]*/i;

/**
 * A statement as if whoever wrote it had forgotten its filters: each condition after WHERE holds for every row. The
 * conditions stay where they are, so that the parameters in them still have their types.
 */
export function withoutFilters(text: string): string {
  let out = "";
  /** For each open parenthesis, whether a condition is being read within it. */
  const open: boolean[] = [false];
  const close = () => {
    if (!open.at(-1)) return;
    const space = /\s*$/.exec(out)?.[0] ?? "";
    out = `${out.slice(0, out.length - space.length)}) or true)${space}`;
    open[open.length - 1] = false;
  };
  for (let at = 0; at < text.length; ) {
    const rest = text.slice(at);
    const [piece = text.charAt(at)] = quoted.exec(rest) ?? word.exec(rest) ?? [];
    at += piece.length;
    if (piece === "(") open.push(false);
    if (piece === ")") {
      close();
      open.pop();
    }
    if (ends.test(rest)) close();
    out += piece;
    // The condition of a filtered aggregate is one, too: `filter (where …)`.
    if (/^where$/i.test(piece)) {
      const space = /^\s*/.exec(text.slice(at))?.[0] ?? "";
      at += space.length;
      out += `${space}((`;
      open[open.length - 1] = true;
    }
  }
  close();
  return out;
}
