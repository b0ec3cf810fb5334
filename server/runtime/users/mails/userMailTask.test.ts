import { afterAll, beforeAll, expect, test } from "vitest";
import { freePort } from "#scripts/freePort.ts";
import { type MailServer, mailServer } from "../../mail/testing/mailServer.ts";
import { type AuthApp, authApp } from "../testing/authApp.ts";

let port: number;
let app: AuthApp;
let server: MailServer | null = null;

beforeAll(async () => {
  port = await freePort();
  const mail = { url: `smtp://127.0.0.1:${port}`, from: "Notes <notes@example.com>", isOwn: true } as const;
  app = await authApp(undefined, { mail });
});

afterAll(async () => {
  await app[Symbol.asyncDispose]();
  await server?.[Symbol.asyncDispose]();
});

test("a mail that the server did not take is kept, sealed, and sent when the server is there", async () => {
  const person = await app.person();
  const asked = await app.auth("password/forgot", { email: person.email });
  expect(asked.status).toBe(202);
  const kept = await app.app.sql`select payload::text as payload from graphile_worker._private_jobs`;
  expect(kept).toHaveLength(1);
  expect(kept[0]?.payload).not.toContain(person.email);
  server = await mailServer({}, port);
  // The pause before the next attempt grows by the queue's own rule; its moment is brought forward.
  await app.app.sql`update graphile_worker._private_jobs set run_at = now()`;
  await expect.poll(() => server?.mails.length, { timeout: 20_000 }).toBe(1);
  expect(server.mails[0]?.recipients).toEqual([person.email]);
  await expect
    .poll(async () => (await app.app.sql`select from graphile_worker._private_jobs`).length, { timeout: 20_000 })
    .toBe(0);
});
