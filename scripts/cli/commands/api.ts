import { text } from "node:stream/consumers";
import { CliFailure } from "../CliFailure.ts";
import type { Context } from "../Context.ts";
import { exitCodes } from "../exitCodes.ts";
import { signedIn } from "../instance/Instance.ts";
import { placeHere } from "../project/Place.ts";

export interface ApiOptions {
  readonly data?: string;
  readonly key?: string;
  readonly all: boolean;
}

const methods = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;

/** Asks the management API as whoever is signed in; in a clone, `{organisation}` and `{project}` are those of it. */
export async function api({ place }: Context, asked: readonly [string, string], options: ApiOptions) {
  const [method, path] = [asked[0].toUpperCase(), asked[1]];
  if (!(methods as readonly string[]).includes(method)) throw usage(`"${asked[0]}" is none of ${methods.join(", ")}.`);
  const here = await placeHere();
  const [organisation, project] = place.project?.split("/") ?? [here?.organisation, here?.project];
  const { url, token } = await signedIn(place.url, here?.url ?? null);
  const body = options.data === "-" ? await text(process.stdin) : options.data;
  const headers = {
    ...(token !== null && { authorization: `Bearer ${token}` }),
    ...(body !== undefined && { "content-type": "application/json" }),
    ...(options.key !== undefined && { "idempotency-key": options.key }),
  };
  let next: string | undefined = `/api/v1${filled(path, { organisation, project })}`;
  while (next !== undefined) {
    const response = await send(`${url}${next}`, { method, headers, ...(body !== undefined && { body }) });
    const answer = await response.text();
    if (answer !== "") process.stdout.write(`${JSON.stringify(JSON.parse(answer), null, 2)}\n`);
    next = options.all ? /<([^>]+)>; rel="next"/.exec(response.headers.get("link") ?? "")?.[1] : undefined;
  }
}

/** The answer, where it is one of the API's; what it refuses ends the command as it does others. */
async function send(url: string, init: RequestInit): Promise<Response> {
  const response = await fetch(url, init).catch((cause: unknown) => {
    throw new CliFailure(`${new URL(url).origin} does not answer. Is the address right, and the network there?`, {
      exit: exitCodes.unreachable,
      code: "unreachable",
      cause,
    });
  });
  if (response.ok) return response;
  const problem = (await response.json().catch(() => ({}))) as Partial<Problem>;
  const { code = "failed", detail = `The answer's status is ${response.status}.`, errors = [] } = problem;
  const fields = errors.map(({ field, message }) => `${field}: ${message}`);
  const isBarred = response.status === 401 || response.status === 403;
  const exit = isBarred ? exitCodes.forbidden : exitCodes.refused;
  throw new CliFailure([detail, ...fields].join("\n"), { exit, code, details: errors });
}

interface Problem {
  readonly code: string;
  readonly detail: string;
  readonly errors: readonly { readonly field: string; readonly message: string }[];
}

function filled(path: string, values: Readonly<Record<string, string | undefined>>): string {
  const whole = path.startsWith("/") ? path : `/${path}`;
  return whole.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw usage(`Say what {${name}} is: go to a clone, or say --project organisation/name.`);
    return encodeURIComponent(value);
  });
}

function usage(message: string): CliFailure {
  return new CliFailure(message, { exit: exitCodes.usage, code: "usage" });
}
