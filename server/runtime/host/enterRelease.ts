import type { IncomingMessage } from "node:http";
import { callerAddress } from "../http/limits/callerAddress.ts";
import type { Environment } from "./Environment.ts";
import type { Environments } from "./Environments.ts";
import { actorKey, goesToCandidate } from "./Rollout.ts";

interface Entering {
  readonly environments: Environments;
  /** How many proxies in front of this program write `X-Forwarded-For`. */
  readonly trustedProxies: number;
}

/**
 * The release that answers a request, entered: the one that serves, or the candidate beside it. Without a promise, unless
 * it has to be found out who sends the request.
 */
export function enterRelease(
  serving: Environment,
  request: IncomingMessage,
  entering: Entering,
): Environment | Promise<Environment> {
  return serving.rollout?.split.by === "actor"
    ? enterByActor(serving, request, entering)
    : entered(serving, request, "");
}

function entered(serving: Environment, { headers }: IncomingMessage, actor: string): Environment {
  const { rollout } = serving;
  const chosen = rollout && goesToCandidate(rollout.split, headers, actor) ? rollout.candidate : serving;
  chosen.enter();
  return chosen;
}

async function enterByActor(
  serving: Environment,
  request: IncomingMessage,
  { environments, trustedProxies }: Entering,
): Promise<Environment> {
  // What serves is not put away while somebody waits for it.
  serving.enter();
  try {
    const actor = await actorOf(serving, request, callerAddress(request, trustedProxies));
    // What serves now, should another release have come in between.
    return entered(environments.withLabel(serving.spec.label) ?? serving, request, actor);
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
