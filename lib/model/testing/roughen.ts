import { parse } from "@babel/parser";
import * as fc from "fast-check";
import type { Draw } from "./draw.ts";
import { chance } from "./draw.ts";

/** The same program as a careless hand would write it: odd spaces, comments anywhere, other quotes, commas and line ends. */
export function roughen(draw: Draw, text: string): string {
  const tokens = (parse(text, { sourceType: "module", plugins: ["typescript"], tokens: true }).tokens ?? []).map(
    ({ start, end }: { start: number; end: number }) => ({ start, end, text: text.slice(start, end) }),
  );
  const level = draw(fc.constantFrom<number[]>, 3, 12, 60);
  let result = "";
  let comment = 0;
  for (const [index, token] of tokens.entries()) {
    const next = tokens[index + 1];
    if (token.text === "") continue;
    const droppedComma = token.text === "," && next !== undefined && /^[}\])]$/.test(next.text) && chance(draw, level);
    result += droppedComma ? "" : quoted(draw, token.text, level);
    const gap = next ? text.slice(token.end, next.start) : "\n";
    const trivia = chance(draw, level)
      ? draw(
          fc.constantFrom<string[]>,
          ` /* c${comment++} */ `,
          ` // c${comment++}\n`,
          "\n\n",
          "\n// own line c\n",
          "\t ",
          "\n",
        )
      : gap;
    result += trivia === "" || /\s/.test(trivia) ? trivia : ` ${trivia}`;
    if (gap !== "" && trivia === "") result += gap;
  }
  const start = chance(draw, 10) ? "\ufeff" : "";
  return start + (chance(draw, 6) ? result.replaceAll("\n", "\r\n") : result);
}

function quoted(draw: Draw, token: string, level: number): string {
  return /^"[^"'\\]*"$/.test(token) && chance(draw, level) ? `'${token.slice(1, -1)}'` : token;
}

export function commentsOf(text: string): readonly string[] {
  const { comments } = parse(text, { sourceType: "module", plugins: ["typescript"] });
  return (comments ?? []).map(({ value }: { value: string }) => value.trim()).sort();
}
