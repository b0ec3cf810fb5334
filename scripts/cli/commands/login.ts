import { hostname } from "node:os";
import { setTimeout as pause } from "node:timers/promises";
import { CliFailure } from "../CliFailure.ts";
import type { Context } from "../Context.ts";
import { exitCodes } from "../exitCodes.ts";
import { keepCredentials, readCredentials } from "../instance/credentials.ts";
import { type Instance, instanceAt } from "../instance/Instance.ts";
import { instanceUrl } from "../instance/instanceUrl.ts";
import { openInBrowser } from "../instance/openInBrowser.ts";
import { placeHere } from "../project/Place.ts";
import { Progress } from "../terminal/Progress.ts";

export interface LoginOptions {
  /** A personal token instead of the browser; `-` reads it from stdin. */
  readonly token?: string;
  /** False: the address is only shown. */
  readonly browser: boolean;
}

/** Signs in to an installation and keeps the token for the commands that follow. */
export async function login({ terminal, place }: Context, { token: given, browser }: LoginOptions): Promise<void> {
  const kept = await readCredentials();
  const wanted = place.url ?? process.env.GANTRY_URL ?? (await placeHere())?.url ?? kept.current;
  if (wanted === null) {
    throw new CliFailure("Say where: gantry login --url https://gantry.example.com", {
      exit: exitCodes.usage,
      code: "usage",
    });
  }
  const url = instanceUrl(wanted);
  const token = given === undefined ? await byBrowser(instanceAt(url, null)) : await readToken(given);
  const user = await instanceAt(url, token).api.accounts.me.query();
  if (!user) throw new CliFailure("This token is not valid.", { exit: exitCodes.forbidden, code: "unauthenticated" });
  const instances = { ...kept.instances, [url]: { token, email: user.email } };
  await keepCredentials({ current: url, instances });
  terminal.print(`Signed in to ${url} as ${user.name} (${user.email}).`);
  terminal.result({ url, user });

  async function byBrowser({ api }: Instance): Promise<string> {
    const asked = await api.devices.start.mutate({ name: `gantry on ${hostname().slice(0, 60) || "a machine"}` });
    terminal.note(`Open ${asked.url}\nand compare the code: ${terminal.style("bold", asked.userCode)}`);
    if (browser) await openInBrowser(asked.url);
    using progress = new Progress(terminal);
    progress.say("Waiting for you to let this program in …");
    const until = Date.now() + 1000 * asked.expiresInSeconds;
    while (Date.now() < until) {
      await pause(1000 * asked.intervalSeconds);
      const answer = await api.devices.poll.mutate({ deviceCode: asked.deviceCode });
      if (answer.state === "approved") return answer.token;
      if (answer.state === "denied") break;
    }
    throw new CliFailure("This program was not let in.", { exit: exitCodes.forbidden, code: "denied" });
  }
}

async function readToken(given: string): Promise<string> {
  if (given !== "-") return given.trim();
  let text = "";
  for await (const chunk of process.stdin.setEncoding("utf8")) text += chunk;
  return text.trim();
}
