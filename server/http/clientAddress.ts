import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";
import { isIPv6 } from "node:net";
import { env } from "../env.ts";

const header = "x-gantry-peer";
const recording = globalThis as { gantryRecordsPeers?: boolean };

/**
 * Notes the address of the socket on each request before anything reads it, in a header that overwrites whatever the
 * client sent under its name: Next.js gives its handlers no access to the socket. Call once when the server starts.
 */
export function recordPeerAddresses(): void {
  if (recording.gantryRecordsPeers) return;
  recording.gantryRecordsPeers = true;
  subscribe("http.server.request.start", (message) => {
    const { request } = message as { readonly request: IncomingMessage };
    request.headers[header] = request.socket.remoteAddress ?? "";
  });
}

/**
 * The caller's network address: the socket's, or behind `GANTRY_TRUSTED_PROXIES` proxies the one that the outermost of
 * them saw. What a client writes into X-Forwarded-For itself is never believed. Null when it cannot be told.
 * Of IPv6 addresses the first 64 bits, because one subscriber has all the rest.
 */
export function clientAddress(headers: Headers): string | null {
  const peer = recording.gantryRecordsPeers ? headers.get(header)?.trim() : undefined;
  if (!peer) return null;
  const forwarded = headers.get("x-forwarded-for")?.split(",") ?? [];
  const proxies = env().GANTRY_TRUSTED_PROXIES;
  const chain = [...forwarded.map((address) => address.trim()), peer];
  return subscriber(chain[Math.max(0, chain.length - 1 - proxies)] ?? peer);
}

function subscriber(address: string): string {
  const bare = address.replace(/^\[(.*)\](?::\d+)?$/, "$1").replace(/^::ffff:(?=\d+\.)/i, "");
  if (!isIPv6(bare)) return bare.replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, "$1");
  const [head = "", tail] = bare.split("%")[0]?.split("::") ?? [];
  const groups = head ? head.split(":") : [];
  const rest = tail ? tail.split(":") : [];
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - groups.length - rest.length);
  const all = [...groups, ...Array.from({ length: zeros }, () => "0"), ...rest];
  return `${all
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(":")}::/64`;
}
