import type { IncomingMessage } from "node:http";
import { isIP } from "node:net";

/**
 * The network address of whoever sends a request, as rates count it: of IPv6 the first 64 bits, which one caller has all
 * of. Behind proxies it is the entry of `X-Forwarded-For` that the outermost of them wrote; with none the header is what
 * anybody may have made up.
 */
export function callerAddress(
  { headers, socket }: Pick<IncomingMessage, "headers" | "socket">,
  proxies: number,
): string {
  const direct = socket.remoteAddress ?? "";
  if (proxies === 0) return network(direct);
  const forwarded = String(headers["x-forwarded-for"] ?? "").split(",");
  const claimed = forwarded[forwarded.length - proxies]?.trim() ?? "";
  return network(isIP(claimed) ? claimed : direct);
}

function network(address: string): string {
  if (!address.includes(":")) return address;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address);
  if (mapped?.[1]) return mapped[1];
  const [head = "", tail] = address.toLowerCase().split("::", 2);
  const first = head === "" ? [] : head.split(":");
  const last = tail === undefined || tail === "" ? [] : tail.split(":");
  const zeros = Array.from({ length: Math.max(8 - first.length - last.length, 0) }, () => "0");
  const groups = tail === undefined ? first : [...first, ...zeros, ...last];
  return groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ""))
    .join(":");
}
