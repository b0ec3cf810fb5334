import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { codeApps, passkeyChallenges, recoveryCodes } from "#db/schema/factors.ts";
import { rateLimits } from "#db/schema/rateLimits.ts";
import { sessions } from "#db/schema/sessions.ts";
import { signIns } from "#db/schema/signIns.ts";
import { type TestControlPlane, testControlPlane } from "#tests/support/controlPlane.ts";
import { mailsTo } from "#tests/support/mailsTo.ts";
import { knownPassword as password, personInBrowser } from "#tests/support/personInBrowser.ts";
import { SoftPasskey } from "#tests/support/SoftPasskey.ts";
import { TestBrowser } from "#tests/support/TestBrowser.ts";
import { signInBy } from "../../auth/signInBy.ts";
import { codeAt } from "./timeCodes.ts";

let plane: TestControlPlane;
beforeAll(async () => {
  plane = await testControlPlane();
});
afterAll(() => plane[Symbol.asyncDispose]());

const newPerson = () => personInBrowser(plane);

type Person = Awaited<ReturnType<typeof newPerson>>;

/** Sets up an application for codes; `code` gives one that was not used. */
async function withCodes(person: Person) {
  const { data } = await person.browser.mutate("factors.codeApp.begin");
  const secret: string = data.secret;
  const code = async () => {
    // As if a day had passed, so that no test waits for the next step.
    await plane.db.update(codeApps).set({ lastStep: 0 }).where(eq(codeApps.userId, person.id));
    return codeAt(secret, Date.now());
  };
  const confirmed = await person.browser.mutate("factors.codeApp.confirm", { code: codeAt(secret, Date.now()) });
  expect(confirmed.error).toBeNull();
  return { secret, code, recoveryCodes: confirmed.data.recoveryCodes as string[] };
}

async function withPasskey({ browser }: Person, name = "laptop") {
  const passkey = new SoftPasskey();
  const { data } = await browser.mutate("factors.passkeys.begin");
  const added = await browser.mutate("factors.passkeys.add", { name, answer: passkey.register(data) });
  expect(added.error).toBeNull();
  return { passkey, recoveryCodes: added.data.recoveryCodes as string[] | null };
}

/** A browser that has typed the password and is asked for the second factor. */
async function halfWay({ email }: Person) {
  const browser = new TestBrowser();
  expect(await browser.signIn(email, password)).toBe("SecondFactor");
  expect((await browser.query("accounts.me")).data).toBeNull();
  return browser;
}

const finish = (browser: TestBrowser, proof: unknown) => browser.mutate("accounts.signIn.finish", proof);
const whoIs = async (browser: TestBrowser) => (await browser.query("accounts.me")).data?.email ?? null;

describe("an application for codes", () => {
  test("is asked for after the password; its code signs in, once", async () => {
    const person = await newPerson();
    const { secret, code } = await withCodes(person);
    const browser = await halfWay(person);
    expect((await browser.query("accounts.signIn.waiting")).data).toEqual({
      email: person.email,
      kinds: ["code", "recovery"],
    });
    expect((await finish(browser, { kind: "code", code: "000000" })).error).toMatchObject({
      code: "invalid_input",
      fields: [{ field: "code" }],
    });
    const right = await code();
    expect((await finish(browser, { kind: "code", code: right })).data).toEqual({ signedIn: true });
    expect(await whoIs(browser)).toBe(person.email);
    expect((await browser.query("sessions.list")).data[0]).toMatchObject({ isThis: true, secondFactor: true });
    // Whoever has looked over the shoulder comes too late, with this code and the ones before.
    const late = await halfWay(person);
    expect((await finish(late, { kind: "code", code: right })).status).toBe(422);
    expect((await finish(late, { kind: "code", code: codeAt(secret, Date.now() - 30_000) })).status).toBe(422);
    expect(await whoIs(late)).toBeNull();
  });

  test("many tries with one right code at once are one sign-in", async () => {
    const person = await newPerson();
    const { code } = await withCodes(person);
    const browsers = await Promise.all(Array.from({ length: 4 }, () => halfWay(person)));
    const right = await code();
    const replies = await Promise.all(browsers.map((browser) => finish(browser, { kind: "code", code: right })));
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  test("its secret is sealed, is no factor before a first code, and cannot be replaced afterwards", async () => {
    const person = await newPerson();
    const { data } = await person.browser.mutate("factors.codeApp.begin");
    expect(data.address).toContain(`otpauth://totp/Gantry:${encodeURIComponent(person.email)}?issuer=Gantry`);
    expect(data.picture.path).toMatch(/^M\d+ \d+h1v1h-1z/);
    const [kept] = await plane.db.select().from(codeApps).where(eq(codeApps.userId, person.id));
    expect(kept?.secretSealed).not.toContain(data.secret);
    expect(await new TestBrowser().signIn(person.email, password)).toBe("ok");
    await withCodes(person);
    expect((await person.browser.mutate("factors.codeApp.begin")).error?.code).toBe("conflict");
  });

  test("guesses are stopped after ten, for every browser", async () => {
    const person = await newPerson();
    const { code } = await withCodes(person);
    await plane.db.delete(rateLimits);
    const browser = await halfWay(person);
    for (let n = 0; n < 10; n += 1) expect((await finish(browser, { kind: "code", code: "123" })).status).toBe(422);
    const other = await halfWay(person);
    expect((await finish(other, { kind: "code", code: await code() })).error?.code).toBe("rate_limited");
    expect((await finish(other, { kind: "recovery", code: "x" })).error?.code).toBe("rate_limited");
    await plane.db.delete(rateLimits);
    expect((await finish(other, { kind: "code", code: await code() })).status).toBe(200);
  });

  test("the half of a sign-in opens nothing, ends after ten minutes, and is of one browser", async () => {
    const person = await newPerson();
    const { code } = await withCodes(person);
    const browser = await halfWay(person);
    expect((await browser.query("sessions.list")).error?.code).toBe("unauthenticated");
    expect((await finish(new TestBrowser(), { kind: "code", code: await code() })).error?.code).toBe("unauthenticated");
    await plane.db.update(signIns).set({ expiresAt: sql`now() - interval '1 second'` });
    expect((await finish(browser, { kind: "code", code: await code() })).error?.code).toBe("unauthenticated");
  });

  test("a provider's word does not stand in for it, unless it says so", async () => {
    const person = await newPerson();
    await withCodes(person);
    const request = () => new Request("http://localhost:3000/", { headers: {} });
    const shown = { userId: person.id, method: "sso", organisationId: null, next: "/acme" } as const;
    const asked = await signInBy(request(), { ...shown, secondFactor: false });
    expect(asked.headers.get("location")).toBe("http://localhost:3000/sign-in/second-factor?next=%2Facme");
    expect(asked.headers.getSetCookie().join()).not.toContain("session-token=e");
    const trusted = await signInBy(request(), { ...shown, secondFactor: true });
    expect(trusted.headers.get("location")).toBe("http://localhost:3000/acme");
  });
});

describe("recovery codes", () => {
  test("come with the first factor, stand in for it once each, and are told of by mail", async () => {
    const person = await newPerson();
    const { recoveryCodes: codes } = await withCodes(person);
    expect(new Set(codes).size).toBe(10);
    const kept = await plane.db.select().from(recoveryCodes).where(eq(recoveryCodes.userId, person.id));
    expect(kept.map(({ hash }) => hash).join()).not.toContain(codes[0]);
    const typed = codes[0]?.toUpperCase().replaceAll("-", " ");
    expect((await finish(await halfWay(person), { kind: "recovery", code: typed })).status).toBe(200);
    const again = await halfWay(person);
    expect((await finish(again, { kind: "recovery", code: typed })).status).toBe(422);
    expect((await person.browser.query("factors.list")).data).toMatchObject({ recoveryCodes: 9 });
    expect(await mailsTo(plane.db, person.email)).toContainEqual(
      expect.objectContaining({ subject: "A recovery code was used", text: expect.stringContaining("9 are left") }),
    );
  });

  test("a new set takes the place of the old one", async () => {
    const person = await newPerson();
    const { recoveryCodes: old } = await withCodes(person);
    const { data } = await person.browser.mutate("factors.recoveryCodes.renew");
    const browser = await halfWay(person);
    expect((await finish(browser, { kind: "recovery", code: old[3] })).status).toBe(422);
    expect((await finish(browser, { kind: "recovery", code: data.recoveryCodes[3] })).status).toBe(200);
  });

  test("another's code is none", async () => {
    const [one, other] = [await newPerson(), await newPerson()];
    await withCodes(one);
    const { recoveryCodes: codes } = await withCodes(other);
    expect((await finish(await halfWay(one), { kind: "recovery", code: codes[0] })).status).toBe(422);
  });
});

describe("passkeys", () => {
  const challenge = async (browser: TestBrowser) => (await browser.mutate("accounts.signIn.passkeyChallenge")).data;
  const show = (browser: TestBrowser, answer: unknown) => browser.mutate("accounts.signIn.passkey", { answer });

  test("sign in alone, as both factors", async () => {
    const person = await newPerson();
    const { passkey, recoveryCodes: codes } = await withPasskey(person);
    expect(codes).toHaveLength(10);
    const browser = new TestBrowser();
    const asked = await challenge(browser);
    expect(asked).toMatchObject({ rpId: "localhost", userVerification: "required" });
    expect(asked.allowCredentials ?? []).toEqual([]);
    expect((await show(browser, passkey.show(asked))).data).toEqual({ signedIn: true });
    expect(await whoIs(browser)).toBe(person.email);
    expect((await browser.query("sessions.list")).data[0]).toMatchObject({ method: "passkey", secondFactor: true });
    const [{ lastUsedAt }] = (await browser.query("factors.list")).data.passkeys;
    expect(lastUsedAt).toBeInstanceOf(Date);
  });

  test("are a second factor after the password", async () => {
    const person = await newPerson();
    const { passkey } = await withPasskey(person);
    const browser = await halfWay(person);
    const asked = (await browser.mutate("accounts.signIn.factorChallenge")).data;
    expect(asked.allowCredentials).toMatchObject([{ id: passkey.id }]);
    expect((await finish(browser, { kind: "passkey", answer: passkey.show(asked) })).status).toBe(200);
    expect(await whoIs(browser)).toBe(person.email);
  });

  test("an answer counts once, and only for what was asked", async () => {
    const person = await newPerson();
    const { passkey } = await withPasskey(person);
    const browser = new TestBrowser();
    const answer = passkey.show(await challenge(browser));
    expect((await show(browser, answer)).status).toBe(200);
    expect((await show(new TestBrowser(), answer)).status).toBe(401);
    // Asked as a second factor, shown as a sign-in of its own.
    const half = await halfWay(person);
    const asked = (await half.mutate("accounts.signIn.factorChallenge")).data;
    expect((await show(new TestBrowser(), passkey.show(asked))).status).toBe(401);
    const late = await challenge(browser);
    await plane.db.update(passkeyChallenges).set({ expiresAt: sql`now() - interval '1 second'` });
    expect((await show(new TestBrowser(), passkey.show(late))).status).toBe(401);
  });

  test.each([
    ["another site", { origin: "https://gantry.evil.example" }],
    ["another port", { origin: "http://localhost:4000" }],
    ["another host's passkey", { host: "evil.example" }],
    ["nobody's finger", { verified: false }],
  ])("from %s it is refused", async (_, where) => {
    const person = await newPerson();
    const { passkey } = await withPasskey(person);
    const browser = new TestBrowser();
    expect((await show(browser, passkey.show(await challenge(browser), where))).status).toBe(401);
    const { data } = await person.browser.mutate("factors.passkeys.begin");
    const made = new SoftPasskey().register(data, where);
    const added = await person.browser.mutate("factors.passkeys.add", { name: "x", answer: made });
    expect(added.error?.code).toBe("invalid_input");
  });

  test("a copy that falls behind its count is refused", async () => {
    const { passkey } = await withPasskey(await newPerson());
    const browser = new TestBrowser();
    expect((await show(browser, passkey.show(await challenge(browser)))).status).toBe(200);
    passkey.count = 0;
    expect((await show(new TestBrowser(), passkey.show(await challenge(browser)))).status).toBe(401);
  });

  test("another's passkey is no second factor, and what is no answer at all is refused", async () => {
    const [one, other] = [await newPerson(), await newPerson()];
    await withPasskey(one);
    const { passkey } = await withPasskey(other);
    const browser = await halfWay(one);
    const asked = (await browser.mutate("accounts.signIn.factorChallenge")).data;
    expect((await finish(browser, { kind: "passkey", answer: passkey.show(asked) })).status).toBe(422);
    const answer = passkey.show(await challenge(browser));
    for (const broken of [
      { clientDataJSON: "e30" },
      { clientDataJSON: "!" },
      { signature: "AA" },
      { authenticatorData: "" },
    ]) {
      const response = { ...answer.response, ...broken };
      expect((await show(browser, { ...answer, response })).status).toBe(401);
    }
  });

  test("several are named, renamed and removed; with the last factor the second step goes", async () => {
    const person = await newPerson();
    await withPasskey(person, "laptop");
    await withPasskey(person, "key ring");
    const { browser } = person;
    const [ring, laptop] = (await browser.query("factors.list")).data.passkeys;
    expect([ring.name, laptop.name]).toEqual(["key ring", "laptop"]);
    await browser.mutate("factors.passkeys.rename", { id: ring.id, name: "spare" });
    expect((await browser.mutate("factors.passkeys.remove", { id: laptop.id })).status).toBe(200);
    expect(await new TestBrowser().signIn(person.email, password)).toBe("SecondFactor");
    expect((await browser.mutate("factors.passkeys.remove", { id: ring.id })).status).toBe(200);
    expect((await browser.query("factors.list")).data).toEqual({ codeApp: null, passkeys: [], recoveryCodes: 0 });
    expect((await browser.query("sessions.list")).data[0]).toMatchObject({ secondFactor: false });
    expect(await new TestBrowser().signIn(person.email, password)).toBe("ok");
    const subjects = (await mailsTo(plane.db, person.email)).map(({ subject }) => subject);
    expect(subjects.filter((subject) => subject === "How you sign in has changed")).toHaveLength(4);
  });

  test("nobody removes or renames another's", async () => {
    const [one, other] = [await newPerson(), await newPerson()];
    await withPasskey(other);
    const [{ id }] = (await other.browser.query("factors.list")).data.passkeys;
    expect((await one.browser.mutate("factors.passkeys.remove", { id })).error?.code).toBe("not_found");
    expect((await one.browser.mutate("factors.passkeys.rename", { id, name: "x" })).error?.code).toBe("not_found");
  });
});

describe("a fresh proof", () => {
  const stale = (id: string) =>
    plane.db.update(sessions).set({ provenAt: sql`now() - interval '11 minutes'` }).where(eq(sessions.userId, id));

  test("is asked for ten minutes after the last, given by the password, and renews the session", async () => {
    const person = await newPerson();
    const { browser } = person;
    await stale(person.id);
    for (const path of [
      "factors.codeApp.begin",
      "factors.passkeys.begin",
      "factors.recoveryCodes.renew",
      "accounts.remove",
    ]) {
      expect((await browser.mutate(path)).error?.code).toBe("proof_required");
    }
    expect((await browser.query("accounts.proofKinds")).data).toEqual(["password"]);
    const wrong = await browser.mutate("accounts.prove", { kind: "password", password: "not the password" });
    expect(wrong.error).toMatchObject({ code: "invalid_input", fields: [{ field: "password" }] });
    const thief = new TestBrowser();
    for (const [name, value] of browser.cookies) thief.cookies.set(name, value);
    expect((await browser.mutate("accounts.prove", { kind: "password", password })).status).toBe(200);
    expect((await browser.mutate("factors.codeApp.begin")).status).toBe(200);
    // A cookie that was stolen before is not raised along.
    expect(await whoIs(thief)).toBeNull();
    expect(await whoIs(browser)).toBe(person.email);
  });

  test("in a session that has not shown the second factor, the password alone is none", async () => {
    const person = await newPerson();
    const other = new TestBrowser();
    expect(await other.signIn(person.email, password)).toBe("ok");
    const { code } = await withCodes(person);
    await stale(person.id);
    expect((await other.query("accounts.proofKinds")).data).toEqual(["code", "recovery"]);
    const byPassword = await other.mutate("accounts.prove", { kind: "password", password });
    expect(byPassword.error?.code).toBe("second_factor_required");
    expect((await other.mutate("accounts.prove", { kind: "code", code: await code() })).status).toBe(200);
    expect((await other.query("sessions.list")).data[0]).toMatchObject({ isThis: true, secondFactor: true });
  });

  test("an organisation that asks for a second factor opens once it was shown", async () => {
    const person = await newPerson();
    const { browser, organisation: slug } = person;
    await plane.db.execute(sql`update organisations set requires_second_factor = true where slug = ${slug}`);
    const ask = () => browser.query("organisations.get", { organisation: slug });
    expect((await ask()).error?.code).toBe("second_factor_required");
    await withCodes(person);
    expect((await ask()).data).toMatchObject({ slug });
  });
});
