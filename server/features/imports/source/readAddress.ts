import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import type { ConnectionOptions } from "node:tls";
import { isPublicAddress } from "#lib/network/publicAddress.ts";
import { refusal } from "../refusal.ts";
import type { SessionAddress } from "./openSession.ts";

export interface AddressRules {
  /** Databases on this machine and its networks may be imported: right where everyone with an account runs the machine. */
  readonly allowPrivate: boolean;
}

const sslModes = ["disable", "allow", "prefer", "require", "verify-ca", "verify-full"] as const;
const knownOptions = new Set([
  "sslmode",
  "sslrootcert",
  "channel_binding",
  "application_name",
  "connect_timeout",
  "options",
  "pgbouncer",
]);

/**
 * Reads a connection string and finds the address behind the name, once: what was judged is what is connected to.
 * Throws a public sentence.
 */
export async function readAddress(text: string, rules: AddressRules): Promise<SessionAddress> {
  const url = parseUrl(text);
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const port = url.port === "" ? 5432 : Number(url.port);
  const user = decode(url.username);
  if (host === "" || user === "")
    throw refusal("Name the host and the user: postgres://user:password@host:5432/database.");
  const database = decode(url.pathname.slice(1)) || user;
  for (const option of url.searchParams.keys()) {
    if (!knownOptions.has(option))
      throw refusal(`The connection string has the option "${option}", which is not known here. Leave it out.`);
  }
  const address = await resolveHost(host, rules);
  return { host: address, port, user, password: decode(url.password), database, ssl: sslOf(url, host) };
}

function parseUrl(text: string): URL {
  if (!/^postgres(?:ql)?:\/\//.test(text))
    throw refusal("The connection string must begin with postgres:// or postgresql://.");
  if (/^[^/]*\/\/[^/?]*,/.test(text.replace(/^([^/]*\/\/)[^@/]*@/, "$1")))
    throw refusal("The connection string names several hosts. Name one.");
  try {
    return new URL(text);
  } catch (cause) {
    throw refusal(
      "The connection string cannot be read. Write postgres://user:password@host:5432/database, with special characters of the password percent-encoded.",
      cause,
    );
  }
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch (cause) {
    throw refusal("A % in the connection string is not followed by two hex digits. Write a % itself as %25.", cause);
  }
}

async function resolveHost(host: string, { allowPrivate }: AddressRules): Promise<string> {
  const found = isIP(host) ? [host] : await addressesOf(host);
  const [address] = allowPrivate ? found : found.filter(isPublicAddress);
  if (address === undefined)
    throw refusal(
      `The host "${host}" is not on the open internet. Use an address that can be reached from here, or send a dump.`,
    );
  return address;
}

async function addressesOf(host: string): Promise<readonly string[]> {
  try {
    const found = await lookup(host, { all: true });
    return found.map(({ address }) => address);
  } catch (cause) {
    throw refusal(`The host "${host}" was not found. Check its name.`, cause);
  }
}

/** As libpq: `require` encrypts without looking at the certificate, `verify-full` looks at all of it. */
function sslOf(url: URL, host: string): SessionAddress["ssl"] {
  const mode = url.searchParams.get("sslmode") ?? "prefer";
  const root = url.searchParams.get("sslrootcert");
  if (!sslModes.some((known) => known === mode)) throw refusal(`sslmode must be one of ${sslModes.join(", ")}.`);
  if (root !== null && root !== "system")
    throw refusal(
      "A root certificate of your own cannot be read from here. Use sslrootcert=system or sslmode=require.",
    );
  const name: ConnectionOptions = isIP(host) ? {} : { servername: host };
  switch (mode) {
    case "disable":
      return false;
    case "allow":
    case "prefer":
      return "prefer";
    case "require":
      return root === "system" ? name : { ...name, rejectUnauthorized: false };
    case "verify-ca":
      return { ...name, checkServerIdentity: () => undefined };
    default:
      return name;
  }
}
