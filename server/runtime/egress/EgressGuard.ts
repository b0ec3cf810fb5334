import { lookup } from "node:dns/promises";
import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import { isIP, type LookupFunction } from "node:net";
import { EgressRules } from "#lib/network/EgressRules.ts";
import { EgressError } from "./EgressError.ts";
import { guardedPorts } from "./guardedPorts.ts";

/** An address behind a name that may be connected to. */
export interface JudgedAddress {
  readonly address: string;
  readonly family: 4 | 6;
}

export interface Place {
  /** Of an address of IPv6 with or without brackets. */
  readonly host: string;
  readonly port: number;
}

/** The connections of one app to the outside: each goes to the very address that was judged. */
export class EgressGuard {
  readonly #rules: EgressRules;
  /** Connections that wait a moment for the next request to the same host. */
  readonly #agents = { "http:": new HttpAgent(kept), "https:": new HttpsAgent(kept) };

  constructor(allow: readonly string[]) {
    this.#rules = new EgressRules(allow, guardedPorts);
  }

  agent(protocol: "http:" | "https:"): HttpAgent {
    return this.#agents[protocol];
  }

  /** The addresses behind a name that may be connected to, at least one. Throws EgressError. */
  async addressesOf({ host, port }: Place, { anyPort = false } = {}): Promise<readonly JudgedAddress[]> {
    const name = host.replace(/^\[|\]$/g, "");
    const found = isIP(name) ? [name] : await resolve(name);
    const allowed = found.filter((address) => this.#rules.allows({ host: name, port, address }, { anyPort }));
    if (allowed.length > 0) return allowed.map((address) => ({ address, family: isIP(address) === 6 ? 6 : 4 }));
    throw new EgressError(
      "egress_refused",
      `${host}:${port} is not on the open internet or not at a port of the web, and is not among the addresses that this app may reach.`,
    );
  }

  /** For connections that Node opens by itself: it asks here once and connects to what is answered. */
  lookup(port: number, known: { readonly host?: string; readonly anyPort?: boolean } = {}): LookupFunction {
    return (asked, { all }, callback) => {
      this.addressesOf({ host: known.host ?? asked, port }, known).then(
        ([first, ...more]) => {
          if (!first) return;
          if (all) callback(null, [first, ...more]);
          else callback(null, first.address, first.family);
        },
        (error: NodeJS.ErrnoException) => callback(error, "", 0),
      );
    };
  }
}

const kept = { keepAlive: true, maxFreeSockets: 8, timeout: 5000 };

async function resolve(name: string): Promise<readonly string[]> {
  try {
    return (await lookup(name, { all: true })).map(({ address }) => address);
  } catch (cause) {
    throw new EgressError("unreachable", `The host ${name} was not found.`, { cause });
  }
}

const guards = new Map<string, EgressGuard>();
const mostGuards = 1000;

/** The guard of apps with these exceptions; equal ones share their connections. */
export function guardFor(allow: readonly string[]): EgressGuard {
  const key = allow.join("\n");
  const guard = guards.get(key) ?? new EgressGuard(allow);
  guards.delete(key);
  guards.set(key, guard);
  const [oldest] = guards.keys();
  if (guards.size > mostGuards && oldest !== undefined) guards.delete(oldest);
  return guard;
}
