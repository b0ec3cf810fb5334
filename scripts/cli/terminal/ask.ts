import { createInterface } from "node:readline/promises";
import { CliFailure } from "../CliFailure.ts";
import { exitCodes } from "../exitCodes.ts";
import type { Terminal } from "./Terminal.ts";

/** Asks the person, unless `sure` was said on the command line; without a person it must have been. */
export async function confirm(terminal: Terminal, question: string, sure: boolean): Promise<void> {
  if (sure) return;
  if (terminal.json || process.stdin.isTTY !== true) {
    throw new CliFailure(`${question} Say --yes if so.`, { exit: exitCodes.usage, code: "not_confirmed" });
  }
  const reader = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await reader.question(`${question} [y/N] `);
    if (!/^y(?:es)?$/i.test(answer.trim())) {
      throw new CliFailure("Nothing was changed.", { code: "not_confirmed" });
    }
  } finally {
    reader.close();
  }
}
