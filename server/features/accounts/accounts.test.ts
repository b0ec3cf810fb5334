import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { accountLinks } from "#db/schema/accountLinks.ts";
import { mailedLinks } from "#db/schema/mailedLinks.ts";
import { mails } from "#db/schema/mails.ts";
import { memberships, organisations } from "#db/schema/organisations.ts";
import { rateLimits } from "#db/schema/rateLimits.ts";
import { sessions } from "#db/schema/sessions.ts";
import { users } from "#db/schema/users.ts";
import { type TestControlPlane, testControlPlane } from "#tests/support/controlPlane.ts";
import { mailedSecret, mailsTo } from "#tests/support/mailsTo.ts";
import { knownPassword, personInBrowser } from "#tests/support/personInBrowser.ts";
import { SoftPasskey } from "#tests/support/SoftPasskey.ts";
import { TestBrowser } from "#tests/support/TestBrowser.ts";

let plane: TestControlPlane;
beforeAll(async () => {
  plane = await testControlPlane();
});
afterAll(() => plane[Symbol.asyncDispose]());

const newPerson = () => personInBrowser(plane);
const nobody = new TestBrowser();
const whoIs = async (browser: TestBrowser) => (await browser.query("accounts.me")).data?.email ?? null;
const profile = async (browser: TestBrowser) => (await browser.query("accounts.profile")).data;
const other = "quite another password";

describe("a forgotten password", () => {
  test("is asked for alike by known and unknown addresses; only the known one is written to", async () => {
    const { email } = await newPerson();
    await plane.db.delete(mails);
    const replies = [];
    for (const address of [email, "nobody-here@example.com"]) {
      replies.push(await nobody.mutate("accounts.password.requestReset", { email: address }));
    }
    expect(replies[0]).toEqual({ status: 200, data: { accepted: true }, error: null });
    expect(replies[1]).toEqual(replies[0]);
    expect(await plane.db.select({ to: mails.recipient }).from(mails)).toEqual([{ to: email }]);
  });

  test("is asked for five times an hour, alike", async () => {
    const { email } = await newPerson();
    for (const address of [email, "unknown-too@example.com"]) {
      await plane.db.delete(rateLimits);
      const ask = () => nobody.mutate("accounts.password.requestReset", { email: address });
      const replies = await Promise.all(Array.from({ length: 7 }, ask));
      expect(replies.filter(({ error }) => error?.code === "rate_limited")).toHaveLength(2);
    }
    await plane.db.delete(rateLimits);
  });

  test("is replaced by the link, once; everybody is signed out, and told", async () => {
    const { email, browser } = await newPerson();
    await nobody.mutate("accounts.password.requestReset", { email });
    const secret = await mailedSecret(plane.db, email);
    const [link] = await plane.db.select().from(mailedLinks).where(eq(mailedLinks.email, email));
    expect(link?.hash).toMatch(/^[0-9a-f]{64}$/);
    expect((await nobody.mutate("accounts.password.inspect", { secret })).data).toEqual({ email, kinds: [] });
    const weak = await nobody.mutate("accounts.password.reset", { secret, password: "password123" });
    expect(weak.error).toMatchObject({ code: "invalid_input", fields: [{ field: "password" }] });
    expect((await nobody.mutate("accounts.password.reset", { secret, password: other })).status).toBe(200);
    expect(await whoIs(browser)).toBeNull();
    expect(await new TestBrowser().signIn(email, knownPassword)).toBe("CredentialsSignin");
    expect(await new TestBrowser().signIn(email, other)).toBe("ok");
    const again = await nobody.mutate("accounts.password.reset", { secret, password: "a third long password" });
    expect(again.error?.code).toBe("not_found");
    expect((await mailsTo(plane.db, email)).map(({ subject }) => subject)).toContain("Your password was changed");
  });

  test("a link that is old, replaced, of another kind or made up opens nothing", async () => {
    const { email, browser } = await newPerson();
    await nobody.mutate("accounts.password.requestReset", { email });
    const first = await mailedSecret(plane.db, email);
    await nobody.mutate("accounts.password.requestReset", { email });
    const second = await mailedSecret(plane.db, email);
    await plane.db.update(mailedLinks).set({ expiresAt: sql`now() - interval '1 second'` });
    await browser.mutate("accounts.address.sendLink");
    const address = await mailedSecret(plane.db, email);
    expect(new Set([first, second, address]).size).toBe(3);
    for (const secret of [first, second, address, "", "x".repeat(43)]) {
      const reply = await nobody.mutate("accounts.password.reset", { secret, password: other });
      expect(reply.error?.code).toBe("not_found");
    }
    expect(await whoIs(browser)).toBe(email);
  });

  test("closes what somebody who made the account with another's address has left open", async () => {
    const { id, email } = await newPerson();
    const link = { userId: id, provider: "google", subject: "stranger", email: "stranger@example.com" };
    const reset = async () => {
      await nobody.mutate("accounts.password.requestReset", { email });
      const secret = await mailedSecret(plane.db, email);
      await nobody.mutate("accounts.password.reset", { secret, password: other });
      return await plane.db.select().from(accountLinks).where(eq(accountLinks.userId, id));
    };
    await plane.db.insert(accountLinks).values(link);
    expect(await reset()).toEqual([]);
    // From then on the address is its owner's, and so are the links.
    await plane.db.insert(accountLinks).values(link);
    expect(await reset()).toHaveLength(1);
  });

  test("whoever reads the mail alone does not get past the second factor", async () => {
    const { email, browser } = await newPerson();
    const passkey = new SoftPasskey();
    const { data } = await browser.mutate("factors.passkeys.begin");
    const added = await browser.mutate("factors.passkeys.add", { name: "laptop", answer: passkey.register(data) });
    await nobody.mutate("accounts.password.requestReset", { email });
    const secret = await mailedSecret(plane.db, email);
    const reset = (more: object) => nobody.mutate("accounts.password.reset", { secret, password: other, ...more });
    expect((await reset({})).error?.code).toBe("second_factor_required");
    expect((await reset({ proof: { kind: "recovery", code: "wrong" } })).error?.code).toBe("invalid_input");
    const asked = (await nobody.mutate("accounts.password.factorChallenge", { secret })).data;
    expect((await reset({ proof: { kind: "passkey", answer: passkey.show(asked) } })).status).toBe(200);
    expect(added.data.recoveryCodes).toHaveLength(10);
  });
});

test("changing the password signs all other browsers out, and refuses what is too easy", async () => {
  const { email, browser } = await newPerson();
  const second = new TestBrowser();
  await second.signIn(email, knownPassword);
  const local = email.split("@")[0] ?? "";
  expect((await browser.mutate("accounts.password.change", { password: `${local}${local}` })).status).toBe(422);
  expect((await browser.mutate("accounts.password.change", { password: other })).status).toBe(200);
  expect([await whoIs(second), await whoIs(browser)]).toEqual([null, email]);
  expect(await new TestBrowser().signIn(email, other)).toBe("ok");
});

describe("an address", () => {
  test("is confirmed by the link of the mail that signing up sends, once", async () => {
    const email = "newcomer@example.com";
    const browser = new TestBrowser();
    await browser.mutate("accounts.signUp", { email, name: "Newcomer", password: knownPassword });
    await browser.signIn(email, knownPassword);
    expect(await profile(browser)).toMatchObject({ email, emailVerifiedAt: null, hasPassword: true });
    const secret = await mailedSecret(plane.db, email);
    expect((await nobody.mutate("accounts.address.confirm", { secret })).data).toEqual({ email });
    expect((await profile(browser)).emailVerifiedAt).toBeInstanceOf(Date);
    expect((await nobody.mutate("accounts.address.confirm", { secret })).error?.code).toBe("not_found");
    expect((await browser.mutate("accounts.address.sendLink")).error?.code).toBe("conflict");
  });

  test("signing up again with it tells its owner, and nobody else", async () => {
    const { email } = await newPerson();
    const again = { email, name: "Somebody else", password: other };
    expect((await nobody.mutate("accounts.signUp", again)).data).toEqual({ accepted: true });
    expect((await mailsTo(plane.db, email)).at(-1)?.subject).toBe("You have an account already");
    expect(await new TestBrowser().signIn(email, other)).toBe("CredentialsSignin");
  });

  test("changes once the link to the new one is followed; the old one is told twice", async () => {
    const { email, browser } = await newPerson();
    const next = "moved@example.com";
    await nobody.mutate("accounts.password.requestReset", { email });
    const stolen = await mailedSecret(plane.db, email);
    expect((await browser.mutate("accounts.address.change", { email: " Moved@Example.com " })).data).toEqual({
      sentTo: next,
    });
    expect(await whoIs(browser)).toBe(email);
    await nobody.mutate("accounts.address.confirm", { secret: await mailedSecret(plane.db, next) });
    expect(await profile(browser)).toMatchObject({ email: next, emailVerifiedAt: expect.any(Date) });
    const told = (await mailsTo(plane.db, email)).map(({ subject }) => subject);
    expect(told).toEqual(expect.arrayContaining(["Your address is about to change", "Your address was changed"]));
    expect(await new TestBrowser().signIn(next, knownPassword)).toBe("ok");
    // What was mailed to the old address is of no use any more.
    expect((await nobody.mutate("accounts.password.inspect", { secret: stolen })).error?.code).toBe("not_found");
  });

  test("that another account has is not told from a free one; its owner is", async () => {
    const [one, owner] = [await newPerson(), await newPerson()];
    const reply = await one.browser.mutate("accounts.address.change", { email: owner.email });
    expect(reply.data).toEqual({ sentTo: owner.email });
    expect((await mailsTo(plane.db, owner.email)).at(-1)?.subject).toBe("Somebody wanted to use your address");
    expect(await plane.db.select().from(mailedLinks).where(eq(mailedLinks.userId, one.id))).toEqual([]);
  });

  test("taken by somebody else meanwhile is not taken over", async () => {
    const [one, two] = [await newPerson(), await newPerson()];
    const email = "wanted@example.com";
    await one.browser.mutate("accounts.address.change", { email });
    const first = await mailedSecret(plane.db, email);
    await two.browser.mutate("accounts.address.change", { email });
    const second = await mailedSecret(plane.db, email);
    expect((await nobody.mutate("accounts.address.confirm", { secret: second })).status).toBe(200);
    expect((await nobody.mutate("accounts.address.confirm", { secret: first })).error?.code).toBe("conflict");
    expect(await whoIs(two.browser)).toBe(email);
  });
});

describe("deleting one's account", () => {
  const join = (organisation: string, userId: string, role: "owner" | "viewer") =>
    plane.db.insert(memberships).values({
      organisationId: sql`(select id from organisations where slug = ${organisation})`,
      userId,
      role,
    });

  test("waits until others have another owner, and takes along what is one's own alone", async () => {
    const [ada, eve] = [await newPerson(), await newPerson()];
    await join(ada.organisation, eve.id, "viewer");
    const { browser } = ada;
    const plan = (await browser.query("accounts.removalPlan")).data;
    expect(plan).toMatchObject({ inTheWay: [expect.stringMatching(/^Person/)], going: [] });
    expect((await browser.mutate("accounts.remove")).error?.code).toBe("conflict");
    await plane.db.update(memberships).set({ role: "owner" }).where(eq(memberships.userId, eve.id));
    expect((await browser.query("accounts.removalPlan")).data).toEqual({ inTheWay: [], going: [] });
    expect((await browser.mutate("accounts.remove")).data).toEqual({ removed: true });
    expect(await whoIs(browser)).toBeNull();
    expect(await plane.db.select().from(users).where(eq(users.id, ada.id))).toEqual([]);
    expect((await mailsTo(plane.db, ada.email)).at(-1)?.subject).toBe("Your account was deleted");
  });

  test("begins the deletion of an organisation that nobody is left in", async () => {
    const { browser, organisation } = await newPerson();
    expect((await browser.mutate("accounts.remove")).status).toBe(200);
    const [left] = await plane.db.select().from(organisations).where(eq(organisations.slug, organisation));
    expect(left?.deletesAt).toBeInstanceOf(Date);
  });

  test("two last owners who leave at once do not both", async () => {
    const [ada, eve] = [await newPerson(), await newPerson()];
    await join(ada.organisation, eve.id, "owner");
    const bea = await newPerson();
    await join(ada.organisation, bea.id, "viewer");
    const replies = await Promise.all([ada, eve].map(({ browser }) => browser.mutate("accounts.remove")));
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 409]);
  });
});

test("a token, and whoever is nobody, do nothing of an account", async () => {
  const { id, email, browser } = await newPerson();
  const user = { id, email, name: "Person" };
  const who = {
    user,
    by: "token",
    credentialId: id,
    scopes: null,
    onlyOrganisationId: null,
    secondFactor: true,
  } as const;
  for (const call of [plane.callerBy(who), plane.caller(null)]) {
    for (const deed of [
      () => call.accounts.remove(),
      () => call.accounts.profile(),
      () => call.accounts.password.change({ password: other }),
      () => call.factors.list(),
      () => call.sessions.endOthers(),
    ]) {
      await expect(deed()).rejects.toThrow(/Sign in to go on|a token may not/);
    }
  }
  expect(await whoIs(browser)).toBe(email);
  expect(await plane.db.select().from(sessions).where(eq(sessions.userId, id))).toHaveLength(1);
});
