import ipaddr from "ipaddr.js";

export type Address = ipaddr.IPv4 | ipaddr.IPv6;
type Network<Kind extends Address> = [Kind, number];

const four = (...networks: string[]) => networks.map((network) => ipaddr.IPv4.parseCIDR(network));
const six = (...networks: string[]) => networks.map((network) => ipaddr.IPv6.parseCIDR(network));

/** Addresses that are of one machine, one network or nobody: from inside they lead to what strangers must not reach. */
const insideFour = [
  ...four("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"),
  ...four("192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24"),
  ...four("203.0.113.0/24", "224.0.0.0/3"),
];

/** All that has been given out is in here. */
const givenOutSix = six("2000::/3");
/** Protocol assignments with Teredo, documentation, 6to4. */
const insideSix = six("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20");

/** Networks of IPv6 whose last four bytes are an address of IPv4: mapped, and of NAT64. */
const carriers = six("::ffff:0:0/96", "64:ff9b::/96");
/** The same, but of no use outside one network: translated, compatible, local NAT64. */
const localCarriers = six("::ffff:0:0:0/96", "::/96", "64:ff9b:1::/48");

/** Where clouds tell secrets, and what is no single machine: no exception opens these. */
const neverFour = four("0.0.0.0/8", "169.254.0.0/16", "100.100.100.200/32", "192.0.0.192/32", "224.0.0.0/3");
const neverSix = six("::/128", "fe80::/10", "fec0::/10", "fd00:ec2::/32", "fd20:ce::/32", "ff00::/8");

/** An address, or null for a text that is none in its plain spelling. One of IPv4 that is wrapped in IPv6 is unwrapped. */
export function readAddress(text: string): Address | null {
  const read = plainAddress(text);
  return read instanceof ipaddr.IPv6 ? (carried(read) ?? read) : read;
}

/** Whether an address is one of the open internet. */
export function isPublicAddress(text: string): boolean {
  const plain = plainAddress(text);
  // The reader takes a compatible address (::8.8.8.8) for a mapped one.
  if (plain === null || /^::\d+\./.test(text)) return false;
  if (plain instanceof ipaddr.IPv6 && isIn(plain, localCarriers)) return false;
  const address = readAddress(text);
  if (address instanceof ipaddr.IPv4) return !isIn(address, insideFour);
  return address !== null && isIn(address, givenOutSix) && !isIn(address, insideSix);
}

/** Whether an address is one that may not even be named as an exception. */
export function isForbiddenAddress(text: string): boolean {
  const address = readAddress(text);
  if (address === null) return true;
  return address instanceof ipaddr.IPv4 ? isIn(address, neverFour) : isIn(address, neverSix);
}

function plainAddress(text: string): Address | null {
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return hasOctal(text) ? null : ipaddr.IPv4.parse(text);
  const withoutZone = text.replace(/%.*$/s, "");
  return ipaddr.IPv6.isValid(withoutZone) ? ipaddr.IPv6.parse(withoutZone) : null;
}

/** Numbers with leading zeros are octal to some. */
function hasOctal(text: string): boolean {
  return text.split(".").some((part) => part.length > 1 && part.startsWith("0"));
}

function carried(address: ipaddr.IPv6): ipaddr.IPv4 | null {
  if (!isIn(address, carriers) && !isIn(address, localCarriers)) return null;
  const bytes = address.toByteArray();
  const isItself = bytes.slice(0, 15).every((byte) => byte === 0) && (bytes[15] ?? 0) <= 1;
  return isItself ? null : new ipaddr.IPv4(bytes.slice(12));
}

function isIn<Kind extends Address>(address: Kind, networks: readonly Network<Kind>[]): boolean {
  return networks.some(([network, bits]) =>
    address instanceof ipaddr.IPv4
      ? network instanceof ipaddr.IPv4 && address.match(network, bits)
      : network instanceof ipaddr.IPv6 && address.match(network, bits),
  );
}
