import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { auditEntries } from "#db/schema/auditEntries.ts";
import { memberships, organisations } from "#db/schema/organisations.ts";
import { sessions } from "#db/schema/sessions.ts";
import { ssoDomains } from "#db/schema/ssoDomains.ts";
import { users } from "#db/schema/users.ts";
import type { TestControlPlane } from "#tests/support/controlPlane.ts";
import { testControlPlane } from "#tests/support/controlPlane.ts";
import { keepRules } from "../sso/joining/rules.ts";
import { handleScim } from "./handler.ts";
import { giveToken } from "./tokens.ts";

let plane: TestControlPlane;
let owner: Awaited<ReturnType<TestControlPlane["person"]>>;
let organisationId: string;
let directoryId: string;
let token: string;

beforeAll(async () => {
  plane = await testControlPlane({ GANTRY_PLAN: "enterprise" });
  owner = await plane.person("Ada");
  ({ id: organisationId } = await organisationOf(owner.organisation));
  await plane.db
    .insert(ssoDomains)
    .values({ organisationId, domain: "acme.test", challenge: "x", verifiedAt: new Date() });
  const given = await giveToken(plane.db, organisationId);
  directoryId = given.directory.id;
  token = given.token;
});
afterAll(() => plane[Symbol.asyncDispose]());

async function organisationOf(slug: string) {
  const [row] = await plane.db.select().from(organisations).where(eq(organisations.slug, slug));
  if (!row) throw new Error("No organisation.");
  return row;
}

type Body = Record<string, unknown> & {
  id: string;
  schemas: string[];
  Resources: Body[];
  meta: Record<string, string>;
};

async function scim(
  method: string,
  path: string,
  given: { body?: unknown; headers?: Record<string, string>; token?: string; id?: string } = {},
) {
  const [place = "", query = ""] = path.split("?");
  const request = new Request(
    `http://localhost:3000/api/scim/v2/${given.id ?? directoryId}/${place}${query && `?${query}`}`,
    {
      method,
      headers: {
        authorization: `Bearer ${given.token ?? token}`,
        ...(given.body !== undefined && { "content-type": "application/scim+json" }),
        ...given.headers,
      },
      ...(given.body !== undefined && { body: JSON.stringify(given.body) }),
    },
  );
  const response = await handleScim(request, [given.id ?? directoryId, ...place.split("/")]);
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: (text ? JSON.parse(text) : null) as Body };
}

const user = (name: string, more: object = {}) => ({
  schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"],
  userName: `${name}@acme.test`,
  name: { givenName: name, familyName: "Test" },
  emails: [{ value: `${name}@acme.test`, type: "work", primary: true }],
  active: true,
  ...more,
});

async function made(name: string, more: object = {}): Promise<Body> {
  const { status, body } = await scim("POST", "Users", { body: user(name, more) });
  expect(status, JSON.stringify(body)).toBe(201);
  return body;
}

async function memberOf(email: string) {
  const [row] = await plane.db
    .select({
      role: memberships.role,
      origin: memberships.origin,
      suspendedAt: memberships.suspendedAt,
      userId: users.id,
    })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(and(eq(memberships.organisationId, organisationId), eq(users.email, email)));
  return row;
}

const patch = (...Operations: object[]) => ({ schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], Operations });

describe("who may ask", () => {
  test("a wrong token, none, and one of another directory are refused alike", async () => {
    const other = await plane.person("Other");
    const foreign = await giveToken(plane.db, (await organisationOf(other.organisation)).id);
    const answers = [
      await scim("GET", "Users", { token: `gs_${"x".repeat(43)}` }),
      await scim("GET", "Users", { token: "" }),
      await scim("GET", "Users", { token: foreign.token }),
      await scim("GET", "Users", { id: foreign.directory.id }),
      await scim("GET", "Users", { id: "nonsense" }),
    ];
    for (const answer of answers) {
      expect(answer.status).toBe(401);
      expect(answer.headers.get("www-authenticate")).toMatch(/^Bearer/);
      expect(answer.body).toEqual(answers[0]?.body);
    }
  });

  test("a token ends when another is given", async () => {
    const other = await plane.person("Rotating");
    const { id } = await organisationOf(other.organisation);
    const first = await giveToken(plane.db, id);
    const second = await giveToken(plane.db, id);
    const ask = (given: string) => scim("GET", "Users", { id: first.directory.id, token: given });
    expect((await ask(first.token)).status).toBe(401);
    expect((await ask(second.token)).status).toBe(200);
  });
});

describe("people", () => {
  test("one who is made becomes a member with an account, and reads back as sent", async () => {
    const { status, headers, body } = await scim("POST", "Users", {
      body: user("grace", {
        externalId: "42",
        password: "never kept",
        phoneNumbers: [{ value: "1" }],
        title: "Admiral",
      }),
    });
    expect(status).toBe(201);
    expect(headers.get("content-type")).toMatch(/^application\/scim\+json/);
    expect(headers.get("location")).toBe(body.meta.location);
    expect(headers.get("etag")).toBe('W/"1"');
    expect(body).toMatchObject({ userName: "grace@acme.test", externalId: "42", active: true, title: "Admiral" });
    expect(body).not.toHaveProperty("password");
    expect(body).not.toHaveProperty("phoneNumbers");
    expect((await scim("GET", `Users/${body.id}`)).body).toEqual(body);
    expect(await memberOf("grace@acme.test")).toMatchObject({ role: "viewer", origin: "directory", suspendedAt: null });
    const [account] = await plane.db.select().from(users).where(eq(users.email, "grace@acme.test"));
    expect(account).toMatchObject({ name: "grace Test", passwordHash: null, emailVerifiedAt: expect.any(Date) });
  });

  test("the same name twice is 409 with uniqueness, whatever its case", async () => {
    await made("twice");
    const { status, body } = await scim("POST", "Users", { body: user("twice", { userName: "TWICE@acme.test" }) });
    expect([status, body.scimType, body.status]).toEqual([409, "uniqueness", "409"]);
  });

  test("addresses of domains that are not the organisation's are touched by nothing", async () => {
    const stranger = await plane.person("Stranger");
    const refused = await scim("POST", "Users", { body: { userName: stranger.user.email } });
    expect([refused.status, refused.body.scimType]).toEqual([400, "invalidValue"]);
    const { id } = await made("mover");
    const moved = await scim("PATCH", `Users/${id}`, {
      body: patch(
        { op: "replace", path: "userName", value: "mover@elsewhere.test" },
        { op: "replace", path: 'emails[type eq "work"].value', value: stranger.user.email },
      ),
    });
    expect(moved.status).toBe(400);
    expect(await memberOf(stranger.user.email)).toBeUndefined();
  });

  test("an account that never confirmed its address loses all ways in that a stranger may have set", async () => {
    const [squatter] = await plane.db
      .insert(users)
      .values({ email: "squatted@acme.test", name: "Squatter", passwordHash: "known to a stranger" })
      .returning();
    if (!squatter) throw new Error("No row.");
    await plane.db
      .insert(sessions)
      .values({ userId: squatter.id, method: "password", expiresAt: new Date(Date.now() + 1e6) });
    await made("squatted");
    const [account] = await plane.db.select().from(users).where(eq(users.id, squatter.id));
    expect(account).toMatchObject({ passwordHash: null, emailVerifiedAt: expect.any(Date) });
    const [session] = await plane.db.select().from(sessions).where(eq(sessions.userId, squatter.id));
    expect(session?.endedAt).toBeInstanceOf(Date);
  });

  test("switched off, neither session nor token opens the organisation any more; switched on, they do", async () => {
    const { id } = await made("leaver");
    const member = await memberOf("leaver@acme.test");
    const caller = plane.caller({ id: member?.userId ?? "", email: "leaver@acme.test", name: "Leaver" });
    const see = () => caller.organisations.get({ organisation: owner.organisation });
    await see();
    // As Entra ID sends it.
    const off = await scim("PATCH", `Users/${id}`, { body: patch({ op: "Replace", path: "active", value: "False" }) });
    expect([off.status, off.body.active]).toEqual([200, false]);
    await expect(see()).rejects.toMatchObject({ code: "NOT_FOUND" });
    // As Okta sends it.
    await scim("PATCH", `Users/${id}`, { body: patch({ op: "replace", value: { active: true } }) });
    await see();
    expect((await scim("DELETE", `Users/${id}`)).status).toBe(204);
    await expect(see()).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect((await scim("GET", `Users/${id}`)).status).toBe(404);
  });

  test("the only owner cannot be switched off or removed, and stays an owner", async () => {
    await plane.db
      .update(users)
      .set({ email: "boss@acme.test", emailVerifiedAt: new Date() })
      .where(eq(users.id, owner.user.id));
    const { id } = await made("boss");
    expect(await memberOf("boss@acme.test")).toMatchObject({ role: "owner", origin: "founder" });
    const off = await scim("PATCH", `Users/${id}`, { body: patch({ op: "replace", path: "active", value: false }) });
    expect(off.status).toBe(409);
    expect((await scim("DELETE", `Users/${id}`)).status).toBe(409);
    expect(await memberOf("boss@acme.test")).toMatchObject({ role: "owner", suspendedAt: null });
  });

  test("replacing leaves out what is not sent; the version counts, and an old one is refused", async () => {
    const { id } = await made("replaced", {
      title: "Old",
      "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": { department: "R", manager: "7" },
    });
    const put = await scim("PUT", `Users/${id}`, { body: user("replaced"), headers: { "if-match": 'W/"1"' } });
    expect(put.status).toBe(200);
    expect(put.body).not.toHaveProperty("title");
    expect(put.body.schemas).toEqual(["urn:ietf:params:scim:schemas:core:2.0:User"]);
    expect(put.headers.get("etag")).toBe('W/"2"');
    const late = await scim("PUT", `Users/${id}`, {
      body: user("replaced", { title: "Late" }),
      headers: { "if-match": 'W/"1"' },
    });
    expect(late.status).toBe(412);
    expect((await scim("GET", `Users/${id}`, { headers: { "if-none-match": 'W/"2"' } })).status).toBe(304);
    // Nothing that changes nothing makes a version.
    expect((await scim("PUT", `Users/${id}`, { body: user("replaced") })).headers.get("etag")).toBe('W/"2"');
  });

  test("another organisation's people are not there", async () => {
    const { id } = await made("hidden");
    const other = await plane.person("Peeker");
    const foreign = await giveToken(plane.db, (await organisationOf(other.organisation)).id);
    const as = { id: foreign.directory.id, token: foreign.token };
    expect((await scim("GET", `Users/${id}`, as)).status).toBe(404);
    expect((await scim("DELETE", `Users/${id}`, as)).status).toBe(404);
    expect((await scim("GET", "Users", as)).body).toMatchObject({ totalResults: 0 });
  });
});

describe("lists", () => {
  const names = async (query: string) => {
    const { status, body } = await scim("GET", `Users?${query}`);
    expect(status, JSON.stringify(body)).toBe(200);
    return body.Resources.map(({ userName }) => String(userName).split("@")[0]);
  };

  beforeAll(async () => {
    await made("list-a", { externalId: "La", title: "Cook", displayName: "Zed" });
    await made("list-b", { externalId: "Lb", title: "cook", displayName: "Yan", active: false });
    await made("list-c", { externalId: "Lc", emails: [{ value: "list-c@acme.test", type: "home" }] });
  });

  test.each([
    ['userName eq "LIST-A@acme.test"', ["list-a"]],
    ['externalId eq "Lb"', ["list-b"]],
    ['externalId eq "lb"', []],
    ['title eq "COOK" and active eq true', ["list-a"]],
    ['userName sw "list-" and not (title pr)', ["list-c"]],
    [
      'userName sw "list-" and (displayName gt "Yan" or emails[type eq "home" and value co "acme"])',
      ["list-a", "list-c"],
    ],
    ['urn:ietf:params:scim:schemas:core:2.0:User:externalId eq "La"', ["list-a"]],
    ['userName sw "list-" and title ne "cook"', ["list-c"]],
    ['emails.type eq "home"', ["list-c"]],
    ['meta.created gt "2020-01-01T00:00:00Z" and userName ew "-A@acme.test"', ["list-a"]],
    ['userName sw "list-" and nonsense eq "x"', []],
  ])("%s", async (filter, expected) => {
    expect(await names(`filter=${encodeURIComponent(filter)}`)).toEqual(expected);
  });

  test.each([
    "userName",
    "userName eq",
    'userName eq "a',
    'userName xx "a"',
    "(userName pr",
    'userName eq "a" )',
    `${"(".repeat(60)}userName pr${")".repeat(60)}`,
  ])("%s is no filter", async (filter) => {
    const { status, body } = await scim("GET", `Users?filter=${encodeURIComponent(filter)}`);
    expect([status, body.scimType]).toEqual([400, "invalidFilter"]);
  });

  test("pages are cut from 1 on, and the total is told", async () => {
    const filter = encodeURIComponent('userName sw "list-"');
    const second = await scim(
      "GET",
      `Users?filter=${filter}&startIndex=2&count=1&sortBy=userName&sortOrder=descending`,
    );
    expect(second.body).toMatchObject({ totalResults: 3, startIndex: 2, itemsPerPage: 1 });
    expect(second.body.Resources.map(({ userName }) => userName)).toEqual(["list-b@acme.test"]);
    const none = await scim("GET", "Users?count=0");
    expect(none.body.Resources).toEqual([]);
    expect(none.body.totalResults).toBeGreaterThan(3);
    expect((await scim("GET", "Users?startIndex=x")).status).toBe(400);
    const search = await scim("POST", "Users/.search", {
      body: { filter: 'userName eq "list-a@acme.test"', attributes: ["userName", "name.givenName"] },
    });
    expect(Object.keys(search.body.Resources[0] ?? {}).sort()).toEqual(["id", "meta", "name", "schemas", "userName"]);
    expect(search.body.Resources[0]?.name).toEqual({ givenName: "list-a" });
  });
});

describe("groups", () => {
  test("give roles, by the first rule that fits; leaving takes them away; nobody becomes an owner", async () => {
    await keepRules(plane.db, organisationId, {
      joinsBySignIn: true,
      defaultRole: "viewer",
      roleRules: [
        { group: "gantry admins", role: "admin" },
        { group: "ext-9", role: "developer" },
      ],
    });
    const { id } = await made("grouped");
    const role = async () => (await memberOf("grouped@acme.test"))?.role;
    const admins = (await scim("POST", "Groups", { body: { displayName: "Gantry Admins", members: [{ value: id }] } }))
      .body;
    expect(await role()).toBe("admin");
    expect((await scim("GET", `Users/${id}`)).body.groups).toMatchObject([
      { value: admins.id, display: "Gantry Admins" },
    ]);
    const developers = (await scim("POST", "Groups", { body: { displayName: "Crew", externalId: "ext-9" } })).body;
    await scim("PATCH", `Groups/${developers.id}`, {
      body: patch({ op: "Add", path: "members", value: [{ value: id }] }),
    });
    expect(await role()).toBe("admin");
    // As Entra ID takes somebody out.
    await scim("PATCH", `Groups/${admins.id}`, {
      body: patch({ op: "Remove", path: "members", value: [{ value: id }] }),
    });
    expect(await role()).toBe("developer");
    const emptied = await scim("PATCH", `Groups/${developers.id}`, {
      body: patch({ op: "remove", path: `members[value eq "${id}"]` }),
    });
    expect(emptied.body).not.toHaveProperty("members");
    expect(await role()).toBe("viewer");
    // As Okta renames a group.
    await scim("PATCH", `Groups/${developers.id}`, {
      body: patch({ op: "add", path: "members", value: [{ value: id }] }),
    });
    await scim("PATCH", `Groups/${developers.id}`, {
      body: patch({ op: "replace", value: { id: developers.id, displayName: "Gantry admins 2", externalId: "other" } }),
    });
    expect(await role()).toBe("viewer");
    expect((await scim("DELETE", `Groups/${admins.id}`)).status).toBe(204);
  });

  test("somebody who is not there cannot be in one, and names are unique", async () => {
    const unknown = await scim("POST", "Groups", {
      body: { displayName: "Ghosts", members: [{ value: crypto.randomUUID() }] },
    });
    expect([unknown.status, unknown.body.scimType]).toEqual([400, "invalidValue"]);
    expect((await scim("POST", "Groups", { body: { displayName: "Once" } })).status).toBe(201);
    expect((await scim("POST", "Groups", { body: { displayName: "ONCE" } })).body.scimType).toBe("uniqueness");
    expect(
      (await scim("GET", "Groups?filter=displayName%20eq%20%22once%22&excludedAttributes=members")).body.totalResults,
    ).toBe(1);
  });
});

test("bad requests are told in the form of SCIM, never with a defect", async () => {
  const { id } = await made("bad");
  const cases: readonly [number, string | undefined, Promise<{ status: number; body: Body }>][] = [
    [400, "invalidValue", scim("POST", "Users", { body: { emails: [] } })],
    [400, "invalidValue", scim("POST", "Users", { body: user("x", { active: "maybe" }) })],
    [400, "invalidValue", scim("POST", "Users", { body: user("x", { title: { a: 1 } }) })],
    [400, "invalidSyntax", scim("POST", "Users", { body: [] })],
    [415, undefined, scim("POST", "Users", { body: {}, headers: { "content-type": "text/plain" } })],
    [400, "invalidSyntax", scim("PATCH", `Users/${id}`, { body: {} })],
    [400, "invalidPath", scim("PATCH", `Users/${id}`, { body: patch({ op: "add", path: "nonsense", value: 1 }) })],
    [400, "noTarget", scim("PATCH", `Users/${id}`, { body: patch({ op: "remove" }) })],
    [400, "mutability", scim("PATCH", `Users/${id}`, { body: patch({ op: "replace", path: "groups", value: [] }) })],
    [
      400,
      "noTarget",
      scim("PATCH", `Users/${id}`, {
        body: patch({ op: "replace", path: 'emails[type ne "x" and type sw "y"].value', value: "a" }),
      }),
    ],
    [404, undefined, scim("GET", "Users/'; drop table users --")],
    [404, undefined, scim("GET", "Nonsense")],
    [405, undefined, scim("PUT", "Users", { body: {} })],
    [405, undefined, scim("DELETE", "Schemas")],
  ];
  for (const [status, scimType, answer] of cases) {
    const { status: got, body } = await answer;
    expect([got, body.scimType], JSON.stringify(body)).toEqual([status, scimType]);
    expect(body).toMatchObject({ schemas: ["urn:ietf:params:scim:api:messages:2.0:Error"], status: String(status) });
  }
});

test("what it does is in the audit log as the directory's deed", async () => {
  await made("audited");
  const entries = await plane.db.select().from(auditEntries).where(eq(auditEntries.organisationId, organisationId));
  expect(entries.find(({ target }) => target === "member audited@acme.test")).toMatchObject({
    action: "directory.personAdded",
    actor: { kind: "directory", id: directoryId },
  });
});

test("what the service says of itself fits what it answers", async () => {
  const config = await scim("GET", "ServiceProviderConfig");
  expect(config.body).toMatchObject({
    patch: { supported: true },
    bulk: { supported: false },
    filter: { maxResults: 200 },
    etag: { supported: true },
  });
  const types = await scim("GET", "ResourceTypes");
  expect(types.body.Resources.map(({ endpoint }) => endpoint)).toEqual(["/Users", "/Groups"]);
  const all = await scim("GET", "Schemas");
  const known = new Map(
    all.body.Resources.map((schema) => [schema.id, (schema.attributes as { name: string }[]).map(({ name }) => name)]),
  );
  const { body: person } = await scim("POST", "Users", {
    body: user("described", { "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": { department: "R" } }),
  });
  const { body: group } = await scim("POST", "Groups", {
    body: { displayName: "Described", members: [{ value: person.id }] },
  });
  for (const resource of [(await scim("GET", `Users/${person.id}`)).body, group]) {
    const [core = ""] = resource.schemas;
    const extra = ["schemas", "id", "externalId", "meta", ...resource.schemas.slice(1)];
    expect(Object.keys(resource).filter((name) => !extra.includes(name) && !known.get(core)?.includes(name))).toEqual(
      [],
    );
  }
  for (const id of known.keys()) {
    expect((await scim("GET", `Schemas/${id}`)).body.id).toBe(id);
    expect((await scim("GET", `Schemas/${encodeURIComponent(id)}`)).body.id).toBe(id);
  }
  expect((await scim("GET", "Schemas?filter=id%20pr")).status).toBe(403);
});

test("opened and closed by an admin: its people stay and are people's to manage, those switched off are gone", async () => {
  const admin = await plane.person("Closing");
  const { organisation } = admin;
  const { id: closingId } = await organisationOf(organisation);
  await plane.db
    .insert(ssoDomains)
    .values({ organisationId: closingId, domain: "closing.test", challenge: "x", verifiedAt: new Date() });
  const { directory } = plane.caller(admin.user).sso;
  expect(await directory.get({ organisation })).toBeNull();
  const opened = await directory.giveToken({ organisation });
  const as = { id: opened.address.split("/").at(-1) ?? "", token: opened.token };
  await scim("POST", "Users", { ...as, body: { userName: "stays@closing.test" } });
  await scim("POST", "Users", { ...as, body: { userName: "gone@closing.test", active: false } });
  expect(await directory.get({ organisation })).toMatchObject({
    people: 2,
    switchedOff: 1,
    lastUsedAt: expect.any(Date),
  });
  expect(JSON.stringify(await directory.get({ organisation }))).not.toContain(opened.token);
  await directory.close({ organisation });
  expect((await scim("GET", "Users", as)).status).toBe(401);
  const left = await plane.db
    .select({ email: users.email, origin: memberships.origin })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(eq(memberships.organisationId, closingId));
  expect(left.sort((one, other) => (one.email < other.email ? -1 : 1))).toEqual([
    { email: admin.user.email, origin: "founder" },
    { email: "stays@closing.test", origin: "invitation" },
  ]);
});
