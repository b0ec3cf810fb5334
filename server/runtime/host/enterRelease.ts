import type { IncomingMessage } from "node:http";
import { callerAddress } from "../http/limits/callerAddress.ts";
import type { Environment } from "./Environment.ts";
import type { Environments } from "./Environments.ts";
import { actorKey, goesToCandidate } from "./Rollout.ts";

interface Entering {
  readonly environments: Environments;
  readonly request: IncomingMessage;
  /** How many proxies in front of this program write `X-Forwarded-For`. */
  readonly trustedProxies: number;
}

/**
 * The release that answers a request, entered: the one that serves, or the candidate beside it. Without a promise, unless
 * it has to be found out who sends the request.
 */
export function enterRelease(serving: Environment, entering: Entering): Environment | Promise<Environment> {
  const { rollout } = serving;
  if (rollout?.split.by === "actor") return enterByActor(serving, entering);
  return entered(serving, entering, "");
}

function entered(serving: Environment, { request }: Pick<Entering, "request">, actor: string): Environment {
  const { rollout } = serving;
  const chosen = rollout && goesToCandidate(rollout.split, request.headers, actor) ? rollout.candidate : serving;
  chosen.enter();
  return chosen;
}

async function enterByActor(serving: Environment, entering: Entering): Promise<Environment> {
  const { environments, request, trustedProxies } = entering;
  // What serves is not put away while somebody waits for it.
  serving.enter();
  try {
    const address = callerAddress(request, trustedProxies);
    const actor = await actorOf(serving, request, address);
    // What serves now, should another release have come in between.
    return entered(environments.withLabel(serving.spec.label) ?? serving, entering, actor);
  } finally {
    serving.leave();
  }
}

/** Whoever comes with a key or token that is none goes by the address: the release that is chosen refuses it. */
async function actorOf({ callers }: Environment, { headers }: IncomingMessage, address: string): Promise<string> {
  try {
    return actorKey(await callers.of(headers), address);
  } catch {
    return `address ${address}`;
  }
}
