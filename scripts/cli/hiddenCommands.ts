import type { Command } from "commander";
import { candidates, completionScript } from "./commands/completion.ts";
import { credential } from "./commands/credential.ts";

/** What shells and git call. */
export function addHiddenCommands(program: Command): void {
  program.commandsGroup("Help:");
  program
    .command("completion <shell>")
    .description("print the completion of bash, zsh or fish: source <(gantry completion bash)")
    .action((shell: string) => {
      process.stdout.write(`${completionScript(shell)}\n`);
    });
  program.command("credential <operation>", { hidden: true }).action((operation: string) => credential(operation));
  program
    .command("__complete [words...]", { hidden: true })
    .allowUnknownOption()
    .action((words: string[]) => {
      process.stdout.write(
        candidates(program, words)
          .map((word) => `${word}\n`)
          .join(""),
      );
    });
}
