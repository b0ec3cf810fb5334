import { readFile, writeFile } from "node:fs/promises";
import { CliFailure } from "../CliFailure.ts";
import type { Context } from "../Context.ts";
import { exitCodes } from "../exitCodes.ts";
import { reachProject } from "../project/Place.ts";

export interface SdkOptions {
  readonly environment: string;
  /** Of the app. */
  readonly key?: string;
  readonly out: string;
  /** Writes nothing, and fails when the file is not the client of the app as it is now. */
  readonly check: boolean;
}

/** Writes the typed client of a deployed app: of the address, else of the environment of the project one stands in. */
export async function sdk({ terminal, place }: Context, given: string | undefined, options: SdkOptions): Promise<void> {
  const { environment, key = process.env.GANTRY_KEY, out, check } = options;
  const address = given ?? (await addressOf(environment));
  const client = await fetchClient(address, key);
  if (out === "-") {
    process.stdout.write(client);
    return;
  }
  if (!check) await writeFile(out, client);
  else if (withoutRelease(await readFile(out, "utf8").catch(() => "")) !== withoutRelease(client)) {
    const again = given === undefined ? "gantry sdk" : `gantry sdk ${given}`;
    throw new CliFailure(`${out} is not the client of the app as it is now. Write it again: ${again}`, {
      code: "outdated",
    });
  }
  terminal.print(check ? `${out} is the client of the app as it is now.` : `Wrote ${out}.`);
  terminal.result({ address, out, written: !check });

  async function addressOf(name: string): Promise<string> {
    const { instance, scope } = await reachProject(place);
    return (await instance.api.deployments.environment.query({ ...scope, environment: name })).url;
  }
}

async function fetchClient(address: string, key: string | undefined): Promise<string> {
  if (!URL.canParse(address)) {
    throw new CliFailure(`${address} is no address. Give that of the app, such as https://crm.example.com.`, {
      exit: exitCodes.usage,
      code: "usage",
    });
  }
  const url = `${address.replace(/\/+$/, "")}/sdk.ts`;
  const headers: Record<string, string> = key === undefined ? {} : { authorization: `Bearer ${key}` };
  const response = await fetch(url, { headers }).catch((cause: unknown) => {
    const message = `${url} cannot be reached. Is the address right, and the app deployed?`;
    throw new CliFailure(message, { exit: exitCodes.unreachable, code: "unreachable", cause });
  });
  const text = await response.text();
  if (response.ok) return text;
  const problem = JSON.parse(text.startsWith("{") ? text : "{}") as {
    readonly detail?: string;
    readonly code?: string;
  };
  const exit = response.status === 401 || response.status === 403 ? exitCodes.forbidden : exitCodes.refused;
  throw new CliFailure(problem.detail ?? `${url} answered ${response.status}.`, {
    exit,
    code: problem.code ?? "failed",
  });
}

/** The first line names the release; another release with the same API has the same client. */
function withoutRelease(text: string): string {
  return text.slice(text.indexOf("\n"));
}
