import { join } from "node:path";
import { expect, test } from "vitest";
import { root } from "../root.ts";
import { publicAddresses } from "./addresses.ts";
import { ownInngest } from "./ownInngest.ts";
import { readSettings } from "./Settings.ts";

const read = (environment: Record<string, string>) => readSettings("start", { NODE_ENV: "test", ...environment });

test("nothing has to be set", () => {
  expect(read({})).toMatchObject({
    data: join(root, ".gantry"),
    host: "127.0.0.1",
    port: 3000,
    runtimePort: 4000,
    databaseUrl: undefined,
  });
});

test("HOST counts as an address only where it is one: shells set it to the machine's name", () => {
  expect(read({ HOST: "my-laptop" }).host).toBe("127.0.0.1");
  expect(read({ HOST: "0.0.0.0" }).host).toBe("0.0.0.0");
  expect(read({ HOST: "0.0.0.0", GANTRY_HOST: "::1" }).host).toBe("::1");
});

test.each(["web", "0", "65536", "30.5"])("the port %s is refused by the name of its variable", (port) => {
  expect(() => read({ GANTRY_RUNTIME_PORT: port })).toThrow(/^GANTRY_RUNTIME_PORT is /);
});

test("one port for two programs is refused", () => {
  expect(() => read({ PORT: "4000" })).toThrow(/both 4000/);
});

test("an Inngest of one's own needs both of its keys, and is none of the dev kind", () => {
  const own = { INNGEST_BASE_URL: "https://inngest.example", INNGEST_EVENT_KEY: "key" };
  expect(() => read(own)).toThrow(/INNGEST_SIGNING_KEY/);
  expect(() => read({ INNGEST_SIGNING_KEY: "00" })).toThrow(/INNGEST_EVENT_KEY/);
  expect(read({ ...own, INNGEST_SIGNING_KEY: "signkey-prod-00" }).environment.INNGEST_BASE_URL).toBe(
    own.INNGEST_BASE_URL,
  );
  expect(() => read({ INNGEST_DEV: "1" })).toThrow(/INNGEST_DEV/);
  expect(() => read({ INNGEST_DEV: "0" })).not.toThrow();
});

test("an address of Inngest, or both keys, which mean the cloud, take the place of the embedded engine", () => {
  const keys = { INNGEST_EVENT_KEY: "key", INNGEST_SIGNING_KEY: "00" };
  expect(ownInngest({ NODE_ENV: "test" })).toBe(false);
  expect(ownInngest({ NODE_ENV: "test", ...keys })).toBe(true);
  expect(ownInngest({ NODE_ENV: "test", ...keys, INNGEST_EVENT_API_BASE_URL: "https://events.example" })).toBe(true);
});

test("addresses that are set win; others name this machine, or the host where it is another", async () => {
  expect(
    await publicAddresses(read({ NEXTAUTH_URL: "https://gantry.example", GANTRY_APPS_URL: "https://{app}.x" })),
  ).toEqual({
    web: "https://gantry.example",
    apps: "https://{app}.x",
  });
  expect((await publicAddresses(read({ PORT: "3100" }))).web).toBe("http://localhost:3100");
  expect((await publicAddresses(read({}))).apps).toMatch(
    /^http:\/\/(\{app\}\.localhost:4000|localhost:4000\/apps\/\{app\})$/,
  );
  expect(await publicAddresses(read({ GANTRY_HOST: "192.0.2.7" }))).toEqual({
    web: "http://192.0.2.7:3000",
    apps: "http://192.0.2.7:4000/apps/{app}",
  });
});
