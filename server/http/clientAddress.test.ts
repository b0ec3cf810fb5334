import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { testSettings } from "#tests/support/settings.ts";

beforeEach(() => {
  vi.resetModules();
  for (const [name, value] of Object.entries(testSettings())) vi.stubEnv(name, value);
});
afterEach(() => {
  vi.unstubAllEnvs();
});

const withHeaders = (forwarded: string, peer = "203.0.113.9") =>
  new Headers({ "x-gantry-peer": peer, ...(forwarded && { "x-forwarded-for": forwarded }) });

test("before the server notes peers, nothing that a client sends is believed", async () => {
  Reflect.deleteProperty(globalThis, "gantryRecordsPeers");
  const { clientAddress } = await import("./clientAddress.ts");
  expect(clientAddress(withHeaders("198.51.100.7"))).toBeNull();
});

test("the socket's address overwrites what the client claims", async () => {
  const { clientAddress, recordPeerAddresses } = await import("./clientAddress.ts");
  recordPeerAddresses();
  const seen = Promise.withResolvers<string | null>();
  const server = createServer((request, response) => {
    seen.resolve(clientAddress(new Headers(request.headers as Record<string, string>)));
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await fetch(`http://127.0.0.1:${port}`, { headers: withHeaders("198.51.100.7", "198.51.100.8") });
  expect(await seen.promise).toBe("127.0.0.1");
  await new Promise((resolve) => server.close(resolve));
});

test.each([
  [0, "198.51.100.7", "203.0.113.9"],
  [1, "198.51.100.7", "198.51.100.7"],
  [1, "10.9.9.9, 198.51.100.7", "198.51.100.7"],
  [2, "10.9.9.9, 198.51.100.7, 10.0.0.1", "198.51.100.7"],
  [2, "198.51.100.7", "198.51.100.7"],
  [1, "", "203.0.113.9"],
  [1, "[2001:db8:1:2:3:4:5:6]:4711", "2001:db8:1:2::/64"],
  [1, "2001:db8::1", "2001:db8:0:0::/64"],
  [1, "::ffff:198.51.100.7", "198.51.100.7"],
  [1, "198.51.100.7:4711", "198.51.100.7"],
])("behind %i proxies, of X-Forwarded-For %o counts %s", async (proxies, forwarded, address) => {
  vi.stubEnv("GANTRY_TRUSTED_PROXIES", String(proxies));
  const { clientAddress, recordPeerAddresses } = await import("./clientAddress.ts");
  recordPeerAddresses();
  expect(clientAddress(withHeaders(forwarded))).toBe(address);
});
