import { Command, Option } from "commander";
import { auditCommands } from "./auditCommands.ts";
import type { Context } from "./Context.ts";
import { addHiddenCommands } from "./hiddenCommands.ts";
import { projectCommands } from "./projectCommands.ts";
import { shipCommands } from "./shipCommands.ts";
import { signInCommands } from "./signInCommands.ts";
import { terminalOf } from "./terminal/Terminal.ts";

/** What is said before or after any command. */
interface Common {
  readonly json: boolean;
  readonly color: boolean;
  readonly url?: string;
  readonly project?: string;
}

/** Runs a command's work with what its command line says of the place and the terminal. */
export type Run = (work: (context: Context) => Promise<void>) => Promise<void>;

/** The whole command line, by which it is read, helped with and completed. */
export function makeProgram(version: string): Command {
  const program = new Command("gantry")
    .description("Build, check and ship the apps of a Gantry installation.")
    .version(version)
    .option("--json", "print one JSON document for scripts", false)
    .option("--no-color", "no colours")
    .addOption(new Option("--url <address>", "the installation, such as https://gantry.example.com").env("GANTRY_URL"))
    .option("--project <organisation/name>", "the project; without it that of the clone one stands in")
    .showSuggestionAfterError()
    .exitOverride()
    .configureHelp({ sortOptions: true, showGlobalOptions: true })
    .addHelpText("after", "\nEnds with 0 done, 1 refused, 2 wrong use, 3 not allowed, 4 no answer.");
  const run: Run = async (work) => {
    const { json, color, url, project } = program.opts<Common>();
    await work({ terminal: terminalOf({ json, colour: color }), place: { url, project } });
  };
  signInCommands(program, run);
  projectCommands(program, run);
  shipCommands(program, run);
  auditCommands(program, run);
  addHiddenCommands(program);
  return program;
}
