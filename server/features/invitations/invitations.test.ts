import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { invitations } from "#db/schema/invitations.ts";
import { memberships, organisations } from "#db/schema/organisations.ts";
import { users } from "#db/schema/users.ts";
import { type House, startHouse } from "../organisations/testing/startHouse.ts";

let house: House;
let ada: Awaited<ReturnType<House["plane"]["person"]>>;
let organisation: string;
beforeAll(async () => {
  house = await startHouse({ GANTRY_MAIL_URL: "smtp://127.0.0.1:2525", GANTRY_MAIL_FROM: "gantry@example.com" });
  ada = await house.plane.person("Ada");
  organisation = ada.organisation;
});
afterAll(() => house[Symbol.asyncDispose]());

const as = (person: typeof ada | null) => house.plane.caller(person?.user ?? null);

/** What the newest mail's link carries. */
async function tokenOf(email: string): Promise<string> {
  const mails = await house.mailsTo(email);
  return /\/invitations\/([\w-]{43})\n/.exec(mails.at(-1)?.text ?? "")?.[1] ?? "none";
}

type Role = Parameters<ReturnType<typeof as>["invitations"]["create"]>[0]["role"];

async function invited(email: string, role: Role = "developer"): Promise<string> {
  await as(ada).invitations.create({ organisation, emails: [email], role });
  return await tokenOf(email);
}

let count = 0;

async function personWith(email: string) {
  count += 1;
  const person = await house.plane.person(`Somebody ${count}`);
  await house.plane.db.update(users).set({ email }).where(eq(users.id, person.user.id));
  return { ...person, user: { ...person.user, email } };
}

describe("inviting", () => {
  test("several at once: each has a mail with a link of their own; a member is left alone", async () => {
    const emails = [" Grace@Example.com ", "barbara@example.com", ada.user.email, "grace@example.com"];
    expect(await as(ada).invitations.create({ organisation, emails, role: "analyst" })).toEqual([
      { email: "grace@example.com", outcome: "invited", link: null },
      { email: "barbara@example.com", outcome: "invited", link: null },
      { email: ada.user.email, outcome: "member", link: null },
    ]);
    expect(await house.mailsTo(ada.user.email)).toEqual([]);
    const token = await tokenOf("grace@example.com");
    expect(await as(null).invitations.open({ token })).toMatchObject({
      ...{ organisation: "Ada", invitedBy: "Ada", email: "grace@example.com", role: "analyst", state: "open" },
    });
    const stored = await house.plane.db.select().from(invitations);
    expect(JSON.stringify(stored)).not.toContain(token);
    expect(await as(ada).invitations.list({ organisation })).toMatchObject([
      { email: "barbara@example.com", role: "analyst", invitedBy: "Ada", isExpired: false },
      { email: "grace@example.com" },
    ]);
  });

  test("does not tell whether an address has an account", async () => {
    const known = await house.plane.person("Known");
    const emails = [known.user.email, "unknown@example.com"];
    const answers = await as(ada).invitations.create({ organisation, emails, role: "viewer" });
    const same = { outcome: "invited", link: null };
    expect(answers).toEqual(emails.map((email) => ({ email, ...same })));
    const shown = await Promise.all(
      emails.map(async (email) => {
        const { email: _, expiresAt: __, ...rest } = await as(null).invitations.open({ token: await tokenOf(email) });
        return rest;
      }),
    );
    expect(shown[0]).toEqual(shown[1]);
    const signUps = await Promise.all(
      emails.map(async (email) =>
        as(null).invitations.signUp({ token: await tokenOf(email), name: "Whoever", password: "four unrelated words" }),
      ),
    );
    expect(signUps).toEqual(emails.map((email) => ({ email })));
    const [kept] = await house.plane.db.select().from(users).where(eq(users.id, known.user.id));
    expect(kept).toMatchObject({ name: "Known", passwordHash: "none" });
    expect(await house.rolesIn(organisation)).not.toHaveProperty(known.user.email);
  });

  test("admins invite nobody as owner or as payer, others nobody at all", async () => {
    const admin = await house.plane.person("Admin");
    await house.join(organisation, admin, "admin");
    for (const role of ["owner", "billing"] as const) {
      const asked = as(admin).invitations.create({ organisation, emails: ["x@example.com"], role });
      await expect(asked).rejects.toMatchObject({ code: "FORBIDDEN" });
    }
    const viewer = await house.plane.person("Viewer");
    await house.join(organisation, viewer, "viewer");
    await expect(as(viewer).invitations.list({ organisation })).rejects.toMatchObject({ code: "FORBIDDEN" });
    await invited("boss@example.com", "owner");
    const [pending] = await as(admin).invitations.list({ organisation });
    await expect(as(admin).invitations.revoke({ organisation, id: pending?.id ?? "" })).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
    await expect(as(admin).invitations.resend({ organisation, id: pending?.id ?? "" })).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
  });

  test("an invitation into power counts only while whoever gave it could give it", async () => {
    const partner = await house.plane.person("Partner");
    await house.join(organisation, partner, "owner");
    await as(partner).invitations.create({ organisation, emails: ["late@example.com"], role: "owner" });
    await as(ada).members.setRole({ organisation, userId: partner.user.id, role: "developer" });
    const late = await personWith("late@example.com");
    await expect(as(late).invitations.accept({ token: await tokenOf("late@example.com") })).rejects.toMatchObject({
      code: "CONFLICT",
      message: expect.stringContaining("can no longer"),
    });
  });

  test("one address is not sent more than five a day by an organisation", async () => {
    for (let n = 0; n < 5; n += 1) await invited("flooded@example.com");
    await expect(invited("flooded@example.com")).rejects.toMatchObject({ code: "TOO_MANY_REQUESTS" });
    expect(await house.mailsTo("flooded@example.com")).toHaveLength(5);
  });
});

describe("accepting", () => {
  test("whoever has no account makes one for the address, which counts as shown to be theirs, and is in", async () => {
    const token = await invited("new@example.com");
    const password = "four unrelated words";
    expect(await as(null).invitations.signUp({ token, name: "New", password })).toEqual({ email: "new@example.com" });
    const [user] = await house.plane.db.select().from(users).where(eq(users.email, "new@example.com"));
    expect(user).toMatchObject({ name: "New", emailVerifiedAt: expect.any(Date) });
    expect(await house.rolesIn(organisation)).toMatchObject({ "new@example.com": "developer" });
    // No organisation beside it that nobody asked for.
    const own = await house.plane.db
      .select()
      .from(memberships)
      .where(eq(memberships.userId, user?.id ?? ""));
    expect(own).toHaveLength(1);
    await expect(as(null).invitations.signUp({ token, name: "New", password })).rejects.toMatchObject({
      code: "CONFLICT",
    });
    await expect(
      as(null).invitations.signUp({
        token: await invited("weak@example.com"),
        name: "W",
        password: "weak@example.com",
      }),
    ).rejects.toMatchObject({ cause: { code: "invalid_input", fields: [{ field: "password" }] } });
  });

  test("whoever is signed in with the address joins once, however often they click; others are told whom it is for", async () => {
    const token = await invited("joan@example.com");
    const [joan, eve] = [await personWith("joan@example.com"), await house.plane.person("Eve")];
    await expect(as(eve).invitations.accept({ token })).rejects.toMatchObject({
      code: "FORBIDDEN",
      message: expect.stringMatching(/is for joan@example.com, and you are signed in as eve@example.com/),
    });
    const answers = await Promise.all(Array.from({ length: 4 }, () => as(joan).invitations.accept({ token })));
    expect(new Set(answers.map((one) => one.organisation))).toEqual(new Set([organisation]));
    expect((await as(null).invitations.open({ token })).state).toBe("accepted");
    // Once shown the door, the link that was used does not lead back in.
    await as(ada).members.remove({ organisation, userId: joan.user.id });
    await expect(as(joan).invitations.accept({ token })).rejects.toMatchObject({ code: "CONFLICT" });
  });

  test("an account and its sign-up at the same moment use a link once", async () => {
    const token = await invited("twice@example.com");
    const twice = await personWith("twice@example.com");
    await Promise.allSettled([
      as(twice).invitations.accept({ token }),
      as(null).invitations.signUp({ token, name: "Thief", password: "four unrelated words" }),
      as(twice).invitations.accept({ token }),
    ]);
    expect(await house.rolesIn(organisation)).toMatchObject({ "twice@example.com": "developer" });
    expect(await house.plane.db.select().from(users).where(eq(users.email, "twice@example.com"))).toHaveLength(1);
  });

  test("links that were replaced, revoked, expired or made up open nothing", async () => {
    const person = await personWith("slow@example.com");
    const accept = (token: string) => as(person).invitations.accept({ token });
    const first = await invited("slow@example.com");
    const second = await invited("slow@example.com");
    await expect(accept(first)).rejects.toMatchObject({ code: "CONFLICT" });
    const [pending] = await as(ada).invitations.list({ organisation });
    await as(ada).invitations.resend({ organisation, id: pending?.id ?? "" });
    await expect(accept(second)).rejects.toMatchObject({ code: "NOT_FOUND" });
    const third = await tokenOf("slow@example.com");
    const isIt = eq(invitations.id, pending?.id ?? "");
    await house.plane.db
      .update(invitations)
      .set({ expiresAt: new Date(Date.now() - 1) })
      .where(isIt);
    await expect(accept(third)).rejects.toMatchObject({
      code: "CONFLICT",
      message: expect.stringContaining("expired"),
    });
    await house.plane.db
      .update(invitations)
      .set({ expiresAt: new Date(Date.now() + 60_000) })
      .where(isIt);
    await as(ada).invitations.revoke({ organisation, id: pending?.id ?? "" });
    await expect(accept(third)).rejects.toMatchObject({ code: "CONFLICT" });
    for (const token of ["", "x", "A".repeat(43), "' or true --"]) {
      await expect(accept(token)).rejects.toMatchObject({ code: "NOT_FOUND" });
    }
    expect(await house.rolesIn(organisation)).not.toHaveProperty(person.user.email);
  });

  test("what somebody is already is not changed, and nobody joins what is being deleted", async () => {
    const [token, other] = [await invited("both@example.com", "admin"), await invited("third@example.com")];
    const both = await personWith("both@example.com");
    await house.join(organisation, both, "viewer");
    await as(both).invitations.accept({ token });
    expect(await house.rolesIn(organisation)).toMatchObject({ "both@example.com": "viewer" });
    const isIt = eq(organisations.slug, organisation);
    await house.plane.db
      .update(organisations)
      .set({ deletesAt: new Date(Date.now() + 60_000) })
      .where(isIt);
    const third = await personWith("third@example.com");
    await expect(as(third).invitations.accept({ token: other })).rejects.toMatchObject({
      message: expect.stringContaining("will be deleted"),
    });
    await house.plane.db.update(organisations).set({ deletesAt: null }).where(isIt);
  });

  test("a link that was shown to whoever invited shows nothing about who reads the address", async () => {
    const token = await invited("shown@example.com");
    await house.plane.db.update(invitations).set({ linkShown: true }).where(eq(invitations.email, "shown@example.com"));
    await as(null).invitations.signUp({ token, name: "Shown", password: "four unrelated words" });
    const [user] = await house.plane.db.select().from(users).where(eq(users.email, "shown@example.com"));
    expect(user).toMatchObject({ emailVerifiedAt: null });
  });
});
