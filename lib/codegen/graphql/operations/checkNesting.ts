import { GraphQLError, Lexer, Source, TokenKind } from "graphql";

/** Brackets of any kind inside each other; the parser and the rules call themselves for each. */
const mostNested = 150;

const opening: ReadonlySet<string> = new Set([TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L]);
const closing: ReadonlySet<string> = new Set([TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R]);

/** Throws GraphQLError for a text with more tokens or deeper brackets than a person would write, before it is parsed. */
export function checkNesting(query: string, mostTokens: number): void {
  const lexer = new Lexer(new Source(query));
  let depth = 0;
  for (let tokens = 0; tokens <= mostTokens; tokens++) {
    const { kind } = lexer.advance();
    if (kind === TokenKind.EOF) return;
    if (opening.has(kind)) depth += 1;
    else if (closing.has(kind)) depth -= 1;
    if (depth > mostNested) throw new GraphQLError(`The document nests more than ${mostNested} brackets.`);
  }
  throw new GraphQLError(`The document has more than ${mostTokens} tokens. Ask in several operations.`);
}
