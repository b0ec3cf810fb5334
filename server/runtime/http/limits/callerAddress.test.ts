import type { Socket } from "node:net";
import { expect, test } from "vitest";
import { callerAddress } from "./callerAddress.ts";

const from = (remoteAddress: string, forwarded?: string) => ({
  socket: { remoteAddress } as Socket,
  headers: forwarded === undefined ? {} : { "x-forwarded-for": forwarded },
});

test("is that of the connection, unless proxies are trusted", () => {
  expect(callerAddress(from("192.0.2.1", "203.0.113.9"), 0)).toBe("192.0.2.1");
  expect(callerAddress(from("192.0.2.1", "203.0.113.9"), 1)).toBe("203.0.113.9");
  expect(callerAddress(from("192.0.2.1"), 1)).toBe("192.0.2.1");
  // What a caller makes up stands in front of what the proxies add.
  expect(callerAddress(from("192.0.2.1", "1.1.1.1, 203.0.113.9, 198.51.100.2"), 2)).toBe("203.0.113.9");
  expect(callerAddress(from("192.0.2.1", "not an address"), 1)).toBe("192.0.2.1");
});

test("of IPv6 is the network that one caller has all of", () => {
  const network = callerAddress(from("2001:db8:0:1::1"), 0);
  expect(callerAddress(from("2001:0DB8:0000:0001:ffff:1:2:3"), 0)).toBe(network);
  expect(callerAddress(from("2001:db8:0:2::1"), 0)).not.toBe(network);
  expect(callerAddress(from("2001:db8::1"), 0)).not.toBe(network);
  expect(callerAddress(from("::1"), 0)).toBe("0:0:0:0");
  expect(callerAddress(from("::ffff:192.0.2.1"), 0)).toBe("192.0.2.1");
});
