import type { AddressInfo } from "node:net";
import { eq, sql } from "drizzle-orm";
import { SMTPServer } from "smtp-server";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { mails } from "#db/schema/mails.ts";
import { type TestControlPlane, testControlPlane } from "#tests/support/controlPlane.ts";
import { sendForgotten } from "./jobs/sendForgottenMails.ts";
import { sendKept } from "./jobs/sendWrittenMail.ts";
import { keepMail } from "./sendMail.ts";

let plane: TestControlPlane;
const received: string[] = [];
let isAway = false;
const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ["STARTTLS"],
  onMailFrom: (_, __, done) => done(isAway ? new Error("Come back later.") : null),
  onData(stream, _, done) {
    let text = "";
    stream.on("data", (part: Buffer) => {
      text += part;
    });
    stream.on("end", () => {
      received.push(text);
      done();
    });
  },
});

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.server.address() as AddressInfo;
  const from = { GANTRY_MAIL_URL: `smtp://127.0.0.1:${port}`, GANTRY_MAIL_FROM: "gantry@example.com" };
  plane = await testControlPlane(from);
});
afterAll(async () => {
  await plane[Symbol.asyncDispose]();
  await new Promise<void>((resolve) => server.close(() => resolve()));
});

const mail = { to: "ada@example.com", subject: "Confirm your address", text: "Follow this link: https://x/#secret" };
const kept = async (id: string) => (await plane.db.select().from(mails).where(eq(mails.id, id)))[0];

test("a mail is sealed until it has left, leaves once, and its text goes away then", async () => {
  const id = await keepMail(plane.db, mail);
  expect((await kept(id))?.textSealed).not.toContain("secret");
  await sendKept(id);
  await sendKept(id);
  expect(received).toHaveLength(1);
  expect(received[0]).toMatch(/^From: gantry@example.com\r\nTo: ada@example.com\r\nSubject: Confirm your address/m);
  expect(received[0]).toContain("https://x/#secret");
  expect(await kept(id)).toMatchObject({ textSealed: null, sentAt: expect.any(Date) });
});

test("one that nobody has asked to send leaves a little later, and tries again while the server is away", async () => {
  const id = await keepMail(plane.db, mail);
  expect(await sendForgotten()).toBe(0);
  const ago = (minutes: number) =>
    plane.db
      .update(mails)
      .set({ createdAt: sql`now() - make_interval(mins => ${minutes})` })
      .where(eq(mails.id, id));
  await ago(3);
  isAway = true;
  const write = vi.spyOn(process.stderr, "write").mockReturnValue(true);
  expect(await sendForgotten()).toBe(0);
  write.mockRestore();
  expect(await kept(id)).toMatchObject({ failure: "The mail server of this installation did not take the mail." });
  isAway = false;
  expect(await sendForgotten()).toBe(1);
  expect(await sendForgotten()).toBe(0);
  expect(await kept(id)).toMatchObject({ textSealed: null, failure: null });
  await ago(91 * 24 * 60);
  await sendForgotten();
  expect(await kept(id)).toBeUndefined();
});
