import { parse } from "@babel/parser";
import type { File, Statement } from "./syntax.ts";

export interface SyntaxProblem {
  readonly message: string;
  readonly offset: number;
}

export interface ParsedSource {
  /** Null when the text could not be understood at all. */
  readonly file: File | null;
  readonly problems: readonly SyntaxProblem[];
}

/** Reads TypeScript text into a tree. Never throws. */
export function parseSource(text: string): ParsedSource {
  try {
    const file = parse(text, {
      sourceType: "module",
      plugins: ["typescript"],
      errorRecovery: true,
      attachComment: false,
    });
    const problems = (file.errors ?? []).map(syntaxProblem);
    // The parser leaves a hole, and tells no error, for a `namespace` that nothing fitting follows.
    const statements: readonly (Statement | undefined)[] = file.program.body;
    const hole = statements.indexOf(undefined);
    if (hole < 0) return { file, problems };
    const offset = statements[hole - 1]?.end ?? 0;
    return { file: null, problems: [...problems, { message: "This is not valid TypeScript.", offset }] };
  } catch (error) {
    return { file: null, problems: [syntaxProblem(error)] };
  }
}

function syntaxProblem(error: unknown): SyntaxProblem {
  if (error instanceof SyntaxError) {
    const offset = "pos" in error && typeof error.pos === "number" ? error.pos : 0;
    const said = error.message.replace(/\s*\(\d+:\d+\)$/, "").replace(/\.$/, "");
    return { message: `This is not valid TypeScript: ${said}.`, offset };
  }
  return { message: "This is nested too deeply to be read. Make it simpler.", offset: 0 };
}
