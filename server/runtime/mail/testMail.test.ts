import { expect, test } from "vitest";
import { salesModel } from "#lib/compile/testing/salesModel.ts";
import { servedApp } from "#tests/support/servedApp.ts";
import { mailServer } from "./testing/mailServer.ts";

test("the admin port sends a test mail by the environment's server, or says why it cannot", async () => {
  await using mails = await mailServer();
  await using app = await servedApp(salesModel, { mail: { url: mails.url, from: "a@example.com", isOwn: true } });
  const send = async (to: string) => (await app.admin("POST", "/mail", { to })).json();
  expect(await send("ada@example.com")).toEqual({ reason: null });
  expect(mails.mails).toMatchObject([
    { recipients: ["ada@example.com"], subject: `A test mail of ${salesModel.app.name}` },
  ]);
  expect((await send("nobody")).reason).toContain("no mail address");
  expect((await app.admin("GET", "/mail")).status).toBe(405);
  await using without = await servedApp(salesModel);
  const answer = await without.admin("POST", "/mail", { to: "ada@example.com" });
  expect((await answer.json()).reason).toContain("no mail server");
});
