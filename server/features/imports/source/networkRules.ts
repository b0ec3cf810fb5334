import { BlockList, isIPv6 } from "node:net";

/** Addresses that are of one machine, one network or nobody: from inside they lead to what strangers must not reach. */
const inside = new BlockList();
for (const [network, prefix] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 3],
] as const)
  inside.addSubnet(network, prefix, "ipv4");
for (const [network, prefix] of [
  ["::", 128],
  ["::1", 128],
  ["64:ff9b:1::", 48],
  ["100::", 64],
  ["2001:db8::", 32],
  ["fc00::", 7],
  ["fe80::", 10],
  ["fec0::", 10],
  ["ff00::", 8],
] as const)
  inside.addSubnet(network, prefix, "ipv6");

/** Networks of IPv6 whose last four bytes are an address of IPv4. */
const carriers = new BlockList();
carriers.addSubnet("::", 96, "ipv6");
carriers.addSubnet("64:ff9b::", 96, "ipv6");

/** Whether an address is one of the open internet. */
export function isPublicAddress(address: string): boolean {
  // A mapped address (::ffff:10.0.0.1) is matched as the one of IPv4 that it is.
  if (inside.check(address, isIPv6(address) ? "ipv6" : "ipv4")) return false;
  if (!isIPv6(address)) return true;
  // 6to4 holds the address of IPv4 behind its first two bytes.
  return !carriers.check(address, "ipv6") && !/^2002:/i.test(address) && !/^2001:0?:/i.test(address);
}
