import type { Command } from "commander";
import { verifyAudit } from "./commands/verifyAudit.ts";
import type { Run } from "./program.ts";

export function auditCommands(program: Command, run: Run): void {
  program.commandsGroup("The organisation:");
  program
    .command("audit")
    .description("look at an exported audit log")
    .command("verify <file>")
    .description("check that an export (NDJSON) is as it was written, without asking anybody")
    .action((file: string) => run((context) => verifyAudit(context, file)));
}
