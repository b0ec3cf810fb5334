import { type Command, Option } from "commander";
import { clone } from "./commands/clone.ts";
import { diff } from "./commands/diff.ts";
import { type InitOptions, init } from "./commands/init.ts";
import { type OpenOptions, open } from "./commands/open.ts";
import { type PullOptions, pull } from "./commands/pull.ts";
import { type PushOptions, push } from "./commands/push.ts";
import { type SdkOptions, sdk } from "./commands/sdk.ts";
import { validate } from "./commands/validate.ts";
import type { Run } from "./program.ts";

export const environmentOption = ["--environment <name>", "the environment", "production"] as const;

export function projectCommands(program: Command, run: Run): void {
  program.commandsGroup("The app:");
  program
    .command("init <name>")
    .description("make a project and clone it")
    .option("--organisation <slug>", "whose project it is; needed where you belong to several")
    .option("--template <id>", "blank, crm, inventory or hr", "blank")
    .option("--folder <path>", "where to; by default a folder of the project's name")
    .action((name: string, options: InitOptions) => run((context) => init(context, name, options)));
  program
    .command("clone <organisation/name> [folder]")
    .description("clone a project; git finds the token by itself")
    .action((name: string, folder: string | undefined) => run((context) => clone(context, name, folder)));
  program
    .command("pull")
    .description("bring in what others pushed, merged by what it means")
    .addOption(new Option("--take <side>", "whose to take where both changed the same").choices(["mine", "theirs"]))
    .action((options: PullOptions) => run((context) => pull(context, options)));
  program
    .command("push")
    .description("check the app, commit what changed, push the branch")
    .option("-m, --message <text>", "of the commit; by default what changed, in words")
    .action((options: PushOptions) => run((context) => push(context, options)));
  program
    .command("validate [folder]")
    .description("check the files as they stand, without asking anybody")
    .action((folder: string | undefined) => run((context) => validate(context, folder)));
  program
    .command("diff [from] [to]")
    .description("say in words what differs; by default since the last commit")
    .action((from: string | undefined, to: string | undefined) => run((context) => diff(context, from ?? "HEAD", to)));
  program
    .command("sdk [address]")
    .description("write the typed client of a deployed app")
    .option(...environmentOption)
    .option("--key <key>", "an API key of the app; without it GANTRY_KEY of the environment is taken")
    .option("--out <file>", "where the client is written; - prints it", "gantry.ts")
    .option("--check", "write nothing, and fail when the file is not the client as it is now", false)
    .action((address: string | undefined, options: SdkOptions) => run((context) => sdk(context, address, options)));
  program
    .command("open [screen]")
    .description("show a screen of the project, or the app (app, docs), in the browser")
    .option(...environmentOption)
    .option("--print", "only say the address", false)
    .action((what: string | undefined, options: OpenOptions) =>
      run((context) => open(context, what ?? "model", options)),
    );
}
