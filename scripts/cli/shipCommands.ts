import type { Command } from "commander";
import { type DeployOptions, deploy } from "./commands/deploy.ts";
import { type EjectOptions, eject } from "./commands/eject.ts";
import { plan } from "./commands/plan.ts";
import { releases } from "./commands/releases.ts";
import type { Run } from "./program.ts";
import { environmentOption } from "./projectCommands.ts";

interface Where {
  readonly environment: string;
}

export function shipCommands(program: Command, run: Run): void {
  program.commandsGroup("Shipping:");
  program
    .command("plan")
    .description("say what a deploy would change now")
    .option(...environmentOption)
    .option("--sql", "with the SQL of each step", false)
    .action(({ environment, sql }: Where & { readonly sql: boolean }) =>
      run((context) => plan(context, environment, sql)),
    );
  program
    .command("deploy")
    .description("bring the newest commit of its branch to an environment")
    .option(...environmentOption)
    .option("--no-wait", "only begin it")
    .action((options: DeployOptions) => run((context) => deploy(context, options)));
  program
    .command("releases")
    .description("list what was brought to an environment")
    .option(...environmentOption)
    .action(({ environment }: Where) => run((context) => releases(context, environment)));
  program
    .command("eject")
    .description("take the app away as a program of its own, with its whole history")
    .option("--branch <name>", "the branch", "main")
    .option("--out <file>", "where it is written; by default the project's name with .tar.gz")
    .option("--push <address>", "push it to this repository instead; its token is in GANTRY_PUSH_TOKEN")
    .option("--user <name>", "who pushes", "git")
    .option("--into <branch>", "the branch there", "main")
    .action((options: EjectOptions) => run((context) => eject(context, options)));
}
