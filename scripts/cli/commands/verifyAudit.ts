import { open } from "node:fs/promises";
import { verifyExport } from "#server/features/audit/export/verifyExport.ts";
import { CliFailure } from "../CliFailure.ts";
import type { Context } from "../Context.ts";
import { exitCodes } from "../exitCodes.ts";

/** Says whether an exported audit log is as it was written, without asking anybody. */
export async function verifyAudit({ terminal }: Context, path: string): Promise<void> {
  await using file = await open(path).catch((cause: unknown) => {
    throw new CliFailure(`${path} cannot be read.`, { exit: exitCodes.usage, code: "usage", cause });
  });
  const { header, entries, problem } = await verifyExport(file.readLines()).catch((cause: unknown) => {
    const message = cause instanceof Error ? cause.message : "This is no export of an audit log.";
    throw new CliFailure(message, { exit: exitCodes.usage, code: "usage", cause });
  });
  if (problem) throw new CliFailure(problem.problem, { exit: exitCodes.refused, code: "altered" });
  const { isSelection, begins, ends, slug } = header;
  terminal.print(
    isSelection
      ? `None of the ${entries} entries chosen from the log of ${slug} was altered. Of what lies between them nothing can be said.`
      : `The log of ${slug} is as it was written: entries ${begins.sequence + 1} to ${ends.sequence} follow each other without a gap.`,
  );
  terminal.result({ entries, isSelection, begins, ends });
}
