import { type Command, Option } from "commander";
import { type ApiOptions, api } from "./commands/api.ts";
import { type DecideOptions, type Decision, decide } from "./commands/decide.ts";
import { type DeployOptions, deploy } from "./commands/deploy.ts";
import { type EjectOptions, eject } from "./commands/eject.ts";
import { environments } from "./commands/environments.ts";
import { type LogsOptions, logs } from "./commands/logs.ts";
import { type PlanOptions, plan } from "./commands/plan.ts";
import { releases } from "./commands/releases.ts";
import { type RollbackOptions, rollback } from "./commands/rollback.ts";
import { test } from "./commands/test.ts";
import type { Run } from "./program.ts";
import { environmentOption } from "./projectCommands.ts";

interface Where {
  readonly environment: string;
}

const reasonOption = ["--reason <text>", "why, for the record", ""] as const;

const decisions: readonly (readonly [string, Decision, string])[] = [
  ["approve", "approve", "let the deployment go on that waits for it"],
  ["reject", "reject", "end the deployment that waits for approval"],
  ["promote", "promote", "give the release that is tried every request"],
  ["withdraw", "rollBack", "take the release that is tried off all requests"],
];

export function shipCommands(program: Command, run: Run): void {
  program.commandsGroup("Shipping:");
  program
    .command("plan")
    .description("say what a deploy would change now")
    .option(...environmentOption)
    .option("--sql", "with the SQL of each step", false)
    .option("--fail-on-breaking", "end as refused where callers of the API would break", false)
    .action((options: PlanOptions) => run((context) => plan(context, options)));
  program
    .command("deploy")
    .description("bring the newest commit of its branch to an environment")
    .option(...environmentOption)
    .option("--commit <hash>", "another commit of that branch, by its whole name")
    .option("--no-wait", "only begin it")
    .action((options: DeployOptions) => run((context) => deploy(context, options)));
  program
    .command("releases")
    .description("list what was brought to an environment")
    .option(...environmentOption)
    .action(({ environment }: Where) => run((context) => releases(context, environment)));
  program
    .command("rollback [release]")
    .description("let an earlier release serve again, at once; by default the one before")
    .option(...environmentOption)
    .option(...reasonOption)
    .option("-y, --yes", "do it without asking", false)
    .action((release: string | undefined, options: RollbackOptions) =>
      run((context) => rollback(context, release, options)),
    );
  for (const [name, decision, description] of decisions) {
    program
      .command(name)
      .description(description)
      .option(...environmentOption)
      .option(...reasonOption)
      .action((options: DecideOptions) => run((context) => decide(context, decision, options)));
  }
  program
    .command("environments")
    .description("list the environments and what serves in each")
    .action(() => run(environments));
  program
    .command("test [branch]")
    .description("run the app's tests as they were pushed")
    .action((branch: string | undefined) => run((context) => test(context, branch)));
  program
    .command("logs")
    .description("say what an environment logged")
    .option(...environmentOption)
    .option("--search <words>", "only lines with all of these words")
    .addOption(new Option("--level <level>", "this level and above").choices(["debug", "info", "warn", "error"]))
    .option("--since <span>", "15m, 2h or 1d", "1h")
    .option("-f, --follow", "go on with what comes", false)
    .action((options: LogsOptions) => run((context) => logs(context, options)));
  program
    .command("api <method> <path>")
    .description("ask the management API, such as: api GET /organisations/{organisation}/projects")
    .option("-d, --data <json>", "the body; - reads it from stdin")
    .option("--key <key>", "makes the request happen once, however often it is sent")
    .option("--all", "every page, one after the other", false)
    .action((method: string, path: string, options: ApiOptions) =>
      run((context) => api(context, [method, path], options)),
    );
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
