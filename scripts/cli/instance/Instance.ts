import { createTRPCClient, httpLink, type TRPCClient } from "@trpc/client";
import superjson from "superjson";
import type { AppRouter } from "#server/trpc/root.ts";
import { CliFailure } from "../CliFailure.ts";
import { exitCodes } from "../exitCodes.ts";
import { readCredentials } from "./credentials.ts";
import { instanceUrl } from "./instanceUrl.ts";
import { reachable } from "./reachable.ts";

/** An installation of Gantry, asked as somebody or as nobody. */
export interface Instance {
  readonly url: string;
  readonly token: string | null;
  readonly api: TRPCClient<AppRouter>;
}

export function instanceAt(url: string, token: string | null): Instance {
  const api = createTRPCClient<AppRouter>({
    links: [
      httpLink({
        url: `${url}/api/trpc`,
        transformer: superjson,
        headers: token === null ? {} : { authorization: `Bearer ${token}` },
        fetch: (input, init) => reachable(url, input, init as RequestInit),
      }),
    ],
  });
  return { url, token, api };
}

/**
 * The installation that is meant, as whoever is signed in there: that of the command line, of `GANTRY_URL`, of the
 * clone one stands in (`near`), else the one signed in to last. A token in `GANTRY_TOKEN` goes before what is kept.
 */
export async function signedIn(given: string | undefined, near: string | null = null): Promise<Instance> {
  const kept = await readCredentials();
  const wanted = given ?? process.env.GANTRY_URL ?? near ?? kept.current;
  if (wanted === null) throw signIn("Nobody is signed in.");
  const url = instanceUrl(wanted);
  const token = process.env.GANTRY_TOKEN ?? kept.instances[url]?.token;
  if (token === undefined) throw signIn(`Nobody is signed in to ${url}.`, ` --url ${url}`);
  return instanceAt(url, token);
}

function signIn(why: string, parameters = ""): CliFailure {
  return new CliFailure(`${why} Sign in first: gantry login${parameters}`, {
    exit: exitCodes.forbidden,
    code: "unauthenticated",
  });
}
