import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { modelDatabase } from "#tests/support/modelDatabase.ts";
import { aSpec, testKey, testRuntime } from "../host/testing/testRuntime.ts";
import { goodPassword } from "./testing/authApp.ts";
import { usersModel } from "./testing/usersModel.ts";

const newKey = (id: string) => ({ id, key: randomBytes(32).toString("base64url") });

test("sessions and keys outlive a change of the environment's keys, and those of the old ones", async () => {
  const model = usersModel();
  await using tables = await modelDatabase(model);
  await using runtime = await testRuntime();
  const [first, second] = [newKey("k1"), newKey("k2")];
  const deploy = (release: number, keys: (typeof first)[], current: string) =>
    runtime.put(aSpec(model, { databaseUrl: tables.url, release, encryption: { keys, current } }));
  const post = async (path: string, body: object, headers: Record<string, string> = {}) => {
    const type = { "content-type": "application/json" };
    const response = await fetch(`${runtime.url()}/auth/${path}`, {
      method: "POST",
      headers: { ...type, ...headers },
      body: JSON.stringify(body),
    });
    // biome-ignore lint/suspicious/noExplicitAny: what is expected of it is said below.
    return (await response.json()) as any;
  };
  await deploy(1, [first], "k1");
  const email = "ada@example.com";
  await post("accounts", { email, password: goodPassword }, { "x-api-key": testKey });
  const signedIn = await post("sign-in", { email, password: goodPassword });
  await deploy(2, [first, second], "k2");
  const response = await runtime.admin("POST", "/environments/one/reencrypt");
  expect(await response.json()).toEqual({ values: 2 });
  await deploy(3, [second], "k2");
  const me = await fetch(`${runtime.url()}/auth/me`, { headers: { authorization: `Bearer ${signedIn.accessToken}` } });
  expect(await me.json()).toMatchObject({ email });
  const next = await post("refresh", { refreshToken: signedIn.refreshToken });
  expect(next.account).toMatchObject({ email });
});
