import ipaddr from "ipaddr.js";
import { type Address, isForbiddenAddress, isPublicAddress, readAddress } from "./publicAddress.ts";

/** Where somebody wants to go: the name as it was written, and one of the addresses behind it. */
export interface Destination {
  readonly host: string;
  readonly port: number;
  readonly address: string;
}

interface Exception {
  readonly covers: (to: Destination) => boolean;
  readonly port: number | null;
}

/** `host`, `host:port`, an address, or a network such as `10.1.0.0/16`; each perhaps with a port. Null: none of these. */
export function readException(text: string): Exception | null {
  const parts = /^(?:\[(?<six>[^\]]+)\]|(?<plain>[^:]+)|(?<bare>[^[\]]*:[^[\]]*:[^[\]]*))(?::(?<port>\d{1,5}))?$/.exec(
    text,
  );
  const target = parts?.groups?.six ?? parts?.groups?.plain ?? parts?.groups?.bare;
  if (target === undefined) return null;
  const written = parts?.groups?.port;
  const port = written === undefined ? null : Number(written);
  if (port !== null && (port < 1 || port > 65_535)) return null;
  const covers = coverOf(target);
  return covers && { covers, port };
}

function coverOf(target: string): Exception["covers"] | null {
  if (target.includes("/")) {
    const [base = "", bits = ""] = target.split("/");
    const network = readAddress(base);
    const most = network instanceof ipaddr.IPv4 ? 32 : 128;
    if (!network || !/^\d{1,3}$/.test(bits) || Number(bits) > most) return null;
    return ({ address }) => isWithin(readAddress(address), network, Number(bits));
  }
  const single = readAddress(target);
  if (single) return ({ address }) => isWithin(readAddress(address), single, single instanceof ipaddr.IPv4 ? 32 : 128);
  const name = plainName(target);
  return hostName.test(name) ? ({ host }) => plainName(host) === name : null;
}

/** The last label begins with a letter: what consists of numbers is an address, however it is written. */
const hostName = /^(?=.{1,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\.)*[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

const plainName = (host: string) => host.toLowerCase().replace(/\.$/, "");

function isWithin(address: Address | null, network: Address, bits: number): boolean {
  if (address instanceof ipaddr.IPv4) return network instanceof ipaddr.IPv4 && address.match(network, bits);
  return address !== null && network instanceof ipaddr.IPv6 && address.match(network, bits);
}

/** What may be reached: the open internet, and what is named besides. */
export class EgressRules {
  readonly #exceptions: readonly Exception[];
  readonly #guardedPorts: ReadonlySet<number>;

  /** Guarded ports are opened only by an exception that names the port. */
  constructor(allow: readonly string[], guardedPorts: ReadonlySet<number>) {
    this.#exceptions = allow.flatMap((text) => readException(text) ?? []);
    this.#guardedPorts = guardedPorts;
  }

  allows(to: Destination, { anyPort }: { readonly anyPort: boolean }): boolean {
    if (isForbiddenAddress(to.address)) return false;
    const isNamed = this.#exceptions.some(({ covers, port }) => port === to.port && covers(to));
    if (isNamed) return true;
    if (this.#guardedPorts.has(to.port)) return false;
    if (this.#exceptions.some(({ covers, port }) => port === null && covers(to))) return true;
    return isPublicAddress(to.address) && (anyPort || isPlainPort(to.port));
  }
}

/** Below 1024 are the ports of other protocols, such as mail, that could be made to take a request for one of theirs. */
function isPlainPort(port: number): boolean {
  return port === 80 || port === 443 || port >= 1024;
}
