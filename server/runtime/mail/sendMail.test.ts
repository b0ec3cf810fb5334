import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { guardPort } from "../egress/guardedPorts.ts";
import { readRecipient } from "./readRecipient.ts";
import { type Mail, sendMail } from "./sendMail.ts";
import { type MailServer, mailServer } from "./testing/mailServer.ts";

let server: MailServer;

beforeAll(async () => {
  server = await mailServer({
    onAuth({ username, password }, _session, callback) {
      if (username === "app" && password === "p@ss:word") callback(null, { user: username });
      else callback(new Error("wrong"));
    },
    onRcptTo({ address }, _session, callback) {
      if (address.startsWith("nobody@")) callback(Object.assign(new Error("no such"), { responseCode: 550 }));
      else if (address.startsWith("later@")) callback(Object.assign(new Error("busy"), { responseCode: 451 }));
      else callback();
    },
  });
});

afterAll(() => server[Symbol.asyncDispose]());

beforeEach(() => {
  server.mails.length = 0;
});

const mail: Mail = { to: "ada@example.com", subject: "Hello", text: "Grüße\n.\nend" };
const at = (url: string, allow: readonly string[] = ["127.0.0.1"]) => ({
  spec: { mail: { url, from: "Sales <sales@example.com>" }, egress: { allow } },
});

describe("a mail", () => {
  test("arrives as it was written", async () => {
    await sendMail(at(server.url), mail);
    expect(server.mails).toMatchObject([
      {
        from: { name: "Sales", address: "sales@example.com" },
        to: [{ address: "ada@example.com" }],
        subject: "Hello",
        text: "Grüße\n.\nend\n",
        recipients: ["ada@example.com"],
      },
    ]);
  });

  test("has the same id however often it is sent for one reason", async () => {
    for (const key of ["one", "one", "two"]) await sendMail(at(server.url), { ...mail, key });
    const ids = server.mails.map(({ messageId }) => messageId);
    expect(ids[0]).toBe(ids[1]);
    expect(ids[2]).not.toBe(ids[0]);
  });

  test("signs in where user and password are given", async () => {
    await sendMail(at(`smtp://app:p%40ss%3Aword@127.0.0.1:${server.port}`), mail);
    expect(server.mails[0]?.user).toBe("app");
    const refused = sendMail(at(`smtp://app:wrong@127.0.0.1:${server.port}`), mail);
    await expect(refused).rejects.toMatchObject({ code: "unavailable" });
    await expect(refused).rejects.not.toThrow(/wrong/);
  });

  test("cannot bring headers or recipients of its own", async () => {
    const subject = "Hi\r\nBcc: eve@example.com\r\n\r\nbody";
    await sendMail(at(server.url), { ...mail, subject });
    expect(server.mails[0]?.recipients).toEqual(["ada@example.com"]);
    expect(server.mails[0]?.subject).toBe("Hi Bcc: eve@example.com body");
    for (const to of ["a@x.com, b@x.com", "a@x.com\r\nBcc: b@x.com", "a@x.com>\r\nRCPT TO:<b@x.com", "x", "", "<>"]) {
      await expect(sendMail(at(server.url), { ...mail, to })).rejects.toMatchObject({ code: "invalid_input" });
    }
    const many = Array.from({ length: 51 }, (_, at) => `a${at}@example.com`);
    for (const to of [[], many]) {
      await expect(sendMail(at(server.url), { ...mail, to })).rejects.toMatchObject({ code: "invalid_input" });
    }
    expect(server.mails).toHaveLength(1);
  });

  test("tells whether another attempt may succeed", async () => {
    const to = (name: string) => sendMail(at(server.url), { ...mail, to: `${name}@example.com` });
    await expect(to("nobody")).rejects.toMatchObject({ code: "invalid_input" });
    await expect(to("later")).rejects.toMatchObject({ code: "unavailable" });
    await expect(sendMail({ spec: {} }, mail)).rejects.toMatchObject({ code: "unavailable" });
    await expect(sendMail(at("http://x"), mail)).rejects.toMatchObject({ code: "unavailable" });
    const aborted = sendMail(at(server.url), mail, AbortSignal.abort());
    await expect(aborted).rejects.toMatchObject({ code: "unavailable" });
  });

  test("goes to no server of our network, unless it is named or the installation's own", async () => {
    await expect(sendMail(at(server.url, []), mail)).rejects.toMatchObject({ code: "unavailable" });
    guardPort(server.port);
    await expect(sendMail(at(server.url), mail)).rejects.toMatchObject({ code: "unavailable" });
    expect(server.mails).toEqual([]);
    const { spec } = at(server.url, []);
    await sendMail({ spec: { ...spec, mail: { ...spec.mail, isOwn: true } } }, mail);
    expect(server.mails).toHaveLength(1);
  });
});

test.each([
  ["ada@example.com", "", "ada@example.com"],
  ["Ada L <ada@example.com>", "Ada L", "ada@example.com"],
  ['"Ada, L" <ada@example.com>', "Ada, L", "ada@example.com"],
  ["<ada@localhost>", "", "ada@localhost"],
  ["a+b.c@ex-ample.co.uk", "", "a+b.c@ex-ample.co.uk"],
  ["jürgen@müller.de", "", "jürgen@müller.de"],
])("%s is a recipient", (text, name, address) => {
  expect(readRecipient(text)).toEqual({ name, address });
});
