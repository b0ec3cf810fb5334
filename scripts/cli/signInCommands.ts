import type { Command } from "commander";
import { type LoginOptions, login } from "./commands/login.ts";
import { logout } from "./commands/logout.ts";
import { whoami } from "./commands/whoami.ts";
import type { Run } from "./program.ts";

export function signInCommands(program: Command, run: Run): void {
  program.commandsGroup("Signing in:");
  program
    .command("login")
    .description("sign in by the browser, or with a token")
    .option("--token <token>", "a personal token; - reads it from stdin")
    .option("--no-browser", "only show the address")
    .action((options: LoginOptions) => run((context) => login(context, options)));
  program
    .command("logout")
    .description("forget the token of an installation")
    .action(() => run(logout));
  program
    .command("whoami")
    .description("say who is signed in, and where")
    .action(() => run(whoami));
}
