import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { memberships, organisations } from "#db/schema/organisations.ts";
import { projectMemberships } from "#db/schema/projectMemberships.ts";
import { projects } from "#db/schema/projects.ts";
import { allows, permissionsOf } from "#lib/access/permissions.ts";
import { type ProjectRole, projectRoles, type Role, roleInProject, roles } from "#lib/access/roles.ts";
import { Random } from "#tests/support/Random.ts";
import { testSeed } from "#tests/support/testSeed.ts";
import { type House, startHouse } from "./testing/startHouse.ts";

let house: House;
beforeAll(async () => {
  house = await startHouse();
});
afterAll(() => house[Symbol.asyncDispose]());

type Person = Awaited<ReturnType<House["plane"]["person"]>>;

let count = 0;

/** An organisation with one of each that is asked for, by name. */
async function organisationOf(asked: Readonly<Record<string, Role>>) {
  count += 1;
  const people: Record<string, Person> = {};
  for (const name of Object.keys(asked)) people[name] = await house.plane.person(`${name} ${count}`);
  const founder = await house.plane.person(`founder ${count}`);
  for (const [name, role] of Object.entries(asked)) await house.join(founder.organisation, get(people, name), role);
  const organisation = founder.organisation;
  const as = (name: string) => house.plane.caller(name === "founder" ? founder.user : get(people, name).user);
  const id = (name: string) => (name === "founder" ? founder : get(people, name)).user.id;
  const email = (name: string) => (name === "founder" ? founder : get(people, name)).user.email;
  return { organisation, as, id, email, founder };
}

function get<Value>(all: Readonly<Record<string, Value>>, name: string): Value {
  const found = all[name];
  if (found === undefined) throw new Error(`There is no ${name}.`);
  return found;
}

async function project(organisation: string, slug: string): Promise<string> {
  const [made] = await house.plane.db
    .insert(projects)
    .values({ organisationId: await house.idOf(organisation), slug, name: slug, origin: "blank", state: "ready" })
    .returning();
  return made?.id ?? "";
}

describe("members", () => {
  test("are listed with role, origin and when they joined; when they were last seen is told to managers", async () => {
    const { organisation, as, email } = await organisationOf({ admin: "admin", viewer: "viewer" });
    const shown = await as("viewer").members.list({ organisation });
    expect(shown.map(({ email: address, role, isYou }) => [address, role, isYou])).toEqual([
      [email("founder"), "owner", false],
      [email("admin"), "admin", false],
      [email("viewer"), "viewer", true],
    ]);
    expect(shown[0]).toMatchObject({ origin: "founder", joinedAt: expect.any(Date), lastSeenAt: null });
  });

  test("admins change whoever may no more than they do; owners and payers are changed by owners", async () => {
    const { organisation, as, id, email } = await organisationOf({
      admin: "admin",
      dev: "developer",
      payer: "billing",
    });
    const { members } = as("admin");
    expect(await members.setRole({ organisation, userId: id("dev"), role: "admin" })).toEqual({ role: "admin" });
    for (const role of ["owner", "billing"] as const) {
      await expect(members.setRole({ organisation, userId: id("dev"), role })).rejects.toMatchObject({
        code: "FORBIDDEN",
        message: expect.stringContaining("Only an owner"),
      });
    }
    for (const name of ["founder", "payer"]) {
      await expect(members.setRole({ organisation, userId: id(name), role: "viewer" })).rejects.toMatchObject({
        code: "FORBIDDEN",
      });
      await expect(members.remove({ organisation, userId: id(name) })).rejects.toMatchObject({ code: "FORBIDDEN" });
    }
    await as("founder").members.setRole({ organisation, userId: id("dev"), role: "owner" });
    expect(await house.rolesIn(organisation)).toMatchObject({ [email("dev")]: "owner" });
  });

  test("whoever was removed is gone at once, and what they made stays", async () => {
    const { organisation, as, id } = await organisationOf({ dev: "developer" });
    const projectId = await project(organisation, "engine");
    await house.plane.db
      .update(projects)
      .set({ createdBy: id("dev") })
      .where(eq(projects.id, projectId));
    await house.plane.db.insert(projectMemberships).values({ projectId, userId: id("dev"), role: "admin" });
    await as("founder").members.remove({ organisation, userId: id("dev") });
    await expect(as("dev").projects.get({ organisation, project: "engine" })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
    expect(await as("founder").projects.get({ organisation, project: "engine" })).toMatchObject({ slug: "engine" });
    const left = await house.plane.db
      .select()
      .from(projectMemberships)
      .where(eq(projectMemberships.userId, id("dev")));
    expect(left).toEqual([]);
  });

  test("the last owner is neither lowered nor leaves, also where another one is switched off", async () => {
    const { organisation, as, id } = await organisationOf({ other: "owner" });
    await house.plane.db
      .update(memberships)
      .set({ suspendedAt: new Date() })
      .where(and(eq(memberships.organisationId, await house.idOf(organisation)), eq(memberships.userId, id("other"))));
    const { members, organisations: api } = as("founder");
    const lower = members.setRole({ organisation, userId: id("founder"), role: "admin" });
    await expect(lower).rejects.toMatchObject({ code: "CONFLICT", message: expect.stringContaining("last owner") });
    await expect(members.remove({ organisation, userId: id("founder") })).rejects.toMatchObject({ code: "CONFLICT" });
    await expect(api.leave({ organisation })).rejects.toMatchObject({ code: "CONFLICT" });
  });

  test("who comes from the directory is changed there alone, and can leave", async () => {
    const { organisation, as, id } = await organisationOf({ dev: "developer" });
    const isDev = eq(memberships.userId, id("dev"));
    await house.plane.db
      .update(memberships)
      .set({ origin: "directory" })
      .where(and(isDev, eq(memberships.role, "developer")));
    const { members } = as("founder");
    const words = { code: "CONFLICT", message: expect.stringContaining("directory") };
    await expect(members.setRole({ organisation, userId: id("dev"), role: "viewer" })).rejects.toMatchObject(words);
    await expect(members.remove({ organisation, userId: id("dev") })).rejects.toMatchObject(words);
    await as("dev").organisations.leave({ organisation });
    expect(Object.keys(await house.rolesIn(organisation))).toHaveLength(1);
  });

  test("a token leaves nothing, whatever its scopes", async () => {
    const { organisation, founder } = await organisationOf({ other: "owner" });
    const by = { by: "token", credentialId: null, scopes: null, onlyOrganisationId: null, secondFactor: true } as const;
    const { organisations: api } = house.plane.callerBy({ user: founder.user, ...by });
    await expect(api.leave({ organisation })).rejects.toMatchObject({ code: "FORBIDDEN" });
  });
});

describe("at the same time", () => {
  test("two owners who lower, remove or leave leave one", async () => {
    for (const kind of ["lower", "remove", "leave", "transfer"] as const) {
      const { organisation, as, id } = await organisationOf({ other: "owner", third: "viewer" });
      const deed = (name: string, at: string) => {
        const { members, organisations: api } = as(name);
        switch (kind) {
          case "lower":
            return members.setRole({ organisation, userId: id(at), role: "viewer" });
          case "remove":
            return members.remove({ organisation, userId: id(at) });
          case "leave":
            return api.leave({ organisation });
          case "transfer":
            return api.transfer({ organisation, userId: id("third"), confirm: `founder ${count}` });
        }
      };
      const both = await Promise.allSettled([deed("founder", "other"), deed("other", "founder")]);
      const owners = Object.values(await house.rolesIn(organisation)).filter((role) => role === "owner");
      expect([kind, owners.length]).toEqual([kind, 1]);
      if (kind !== "transfer") expect(both.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    }
  });
});

describe("in one project", () => {
  test("somebody can be something else, or not see it at all", async () => {
    const { organisation, as, id } = await organisationOf({ dev: "developer", payer: "billing" });
    await project(organisation, "engine");
    await project(organisation, "secret");
    const set = as("founder").members.setProjectRole;
    await set({ organisation, project: "secret", userId: id("dev"), role: "none" });
    await set({ organisation, project: "engine", userId: id("dev"), role: "viewer" });
    expect((await as("dev").projects.list({ organisation })).map(({ slug }) => slug)).toEqual(["engine"]);
    await expect(as("dev").projects.get({ organisation, project: "secret" })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
    expect(await as("dev").projects.get({ organisation, project: "engine" })).toMatchObject({ role: "viewer" });
    // Nor is it named in what they see of others.
    expect(JSON.stringify(await as("dev").members.list({ organisation }))).not.toContain("secret");
    expect(await as("payer").projects.list({ organisation })).toEqual([]);
    await set({ organisation, project: "engine", userId: id("payer"), role: "analyst" });
    expect((await as("payer").projects.list({ organisation })).map(({ slug }) => slug)).toEqual(["engine"]);
    await set({ organisation, project: "secret", userId: id("dev"), role: null });
    expect(await as("dev").projects.list({ organisation })).toHaveLength(2);
    const people = await as("dev").members.ofProject({ organisation, project: "engine" });
    expect(people.map(({ general, override, role }) => [general, override, role])).toEqual([
      ["developer", "viewer", "viewer"],
      ["owner", null, "owner"],
      ["billing", "analyst", "analyst"],
    ]);
  });

  test("nobody lifts what was set on themselves, and owners are owners everywhere", async () => {
    const { organisation, as, id } = await organisationOf({ admin: "admin", dev: "developer" });
    await project(organisation, "engine");
    const there = { organisation, project: "engine" };
    await as("founder").members.setProjectRole({ ...there, userId: id("admin"), role: "viewer" });
    await expect(
      as("admin").members.setProjectRole({ ...there, userId: id("admin"), role: null }),
    ).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(
      as("founder").members.setProjectRole({ ...there, userId: id("founder"), role: "none" }),
    ).rejects.toMatchObject({ code: "CONFLICT" });
    // Whoever is admin of one project alone does not touch admins of the organisation.
    await as("founder").members.setProjectRole({ ...there, userId: id("dev"), role: "admin" });
    await expect(
      as("dev").members.setProjectRole({ ...there, userId: id("admin"), role: "none" }),
    ).rejects.toMatchObject({ code: "FORBIDDEN" });
  });
});

describe("handing over", () => {
  test("makes the other one owner and oneself an admin; both get a mail", async () => {
    const { organisation, as, id, email } = await organisationOf({ heir: "viewer", admin: "admin" });
    const name = `founder ${count}`;
    const api = as("founder").organisations;
    await expect(api.transfer({ organisation, userId: id("heir"), confirm: "no" })).rejects.toMatchObject({
      cause: { code: "invalid_input", fields: [{ field: "confirm" }] },
    });
    await expect(
      as("admin").organisations.transfer({ organisation, userId: id("admin"), confirm: name }),
    ).rejects.toMatchObject({ code: "FORBIDDEN" });
    await api.transfer({ organisation, userId: id("heir"), confirm: name });
    expect(await house.rolesIn(organisation)).toMatchObject({ [email("founder")]: "admin", [email("heir")]: "owner" });
    expect((await house.mailsTo(email("heir")))[0]?.text).toContain("an owner");
    expect((await house.mailsTo(email("founder")))[0]?.text).toContain("an admin of it now");
  });
});

describe("deleting", () => {
  test("waits for fourteen days in which nothing changes, and is undone by an owner", async () => {
    const { organisation, as, id, email } = await organisationOf({ other: "owner", dev: "developer" });
    const name = `founder ${count}`;
    await project(organisation, "engine");
    await expect(as("dev").organisations.delete({ organisation, confirm: name })).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
    const { deletesAt } = await as("founder").organisations.delete({ organisation, confirm: name });
    expect(Math.round((deletesAt.getTime() - Date.now()) / 86_400_000)).toBe(14);
    for (const owner of ["founder", "other"]) {
      expect((await house.mailsTo(email(owner))).map(({ subject }) => subject)).toEqual([`${name} will be deleted`]);
    }
    const closed = { code: "CONFLICT", message: expect.stringContaining("will be deleted on") };
    await expect(as("founder").organisations.rename({ organisation, name: "New" })).rejects.toMatchObject(closed);
    await expect(
      as("dev").model.save({ organisation, project: "engine" } as Parameters<
        ReturnType<typeof as>["model"]["save"]
      >[0]),
    ).rejects.toMatchObject(closed);
    await expect(
      as("founder").members.setRole({ organisation, userId: id("dev"), role: "viewer" }),
    ).rejects.toMatchObject(closed);
    await expect(as("founder").organisations.delete({ organisation, confirm: name })).rejects.toMatchObject({
      code: "CONFLICT",
    });
    expect(await as("dev").projects.get({ organisation, project: "engine" })).toMatchObject({
      permissions: ["organisation.read", "members.read", "usage.read", "project.read", "data.read"],
      closed: closed.message,
    });
    expect(await as("dev").organisations.list()).toContainEqual(expect.objectContaining({ name, deletesAt }));
    await expect(as("dev").organisations.restore({ organisation })).rejects.toMatchObject({ code: "FORBIDDEN" });
    await as("other").organisations.restore({ organisation });
    expect(await as("founder").organisations.rename({ organisation, name: "New" })).toMatchObject({ deletesAt: null });
    expect((await house.mailsTo(email("founder"))).at(-1)?.subject).toBe(`${name} stays`);
  });

  test("is not undone once its day has come", async () => {
    const { organisation, as } = await organisationOf({});
    await house.plane.db
      .update(organisations)
      .set({ deletesAt: new Date(Date.now() - 1) })
      .where(eq(organisations.slug, organisation));
    await expect(as("founder").organisations.restore({ organisation })).rejects.toMatchObject({ code: "CONFLICT" });
  });
});

test("whatever members do to each other, there is an owner, and nobody gains more than whoever gave it had", {
  timeout: 120_000,
}, async () => {
  const names = ["a", "b", "c", "d", "e"];
  const went = new Map<string, number>();
  for (let run = 0; run < 3; run += 1) {
    const seed = testSeed + run;
    const random = new Random(seed);
    const all = Object.fromEntries(names.map((name) => [name, random.pick(roles)]));
    const { organisation, as, id, email } = await organisationOf(all);
    const name = `founder ${count}`;
    await project(organisation, "engine");
    const everybody = ["founder", ...names];
    const within = async () =>
      Object.fromEntries(
        (await house.plane.db.select().from(projectMemberships)).map(({ userId, role }) => [userId, role]),
      ) as Readonly<Record<string, ProjectRole>>;
    for (let step = 0; step < 40; step += 1) {
      const [actor, target] = [random.pick(everybody), random.pick(everybody)];
      const [before, withinBefore] = [await house.rolesIn(organisation), await within()];
      const deed = random.pick(["role", "role", "role", "remove", "leave", "transfer", "project", "project"]);
      const [role, there] = [random.pick(roles), random.pick([...projectRoles, null])];
      const { members, organisations: api } = as(actor);
      const done = await (
        {
          role: () => members.setRole({ organisation, userId: id(target), role }),
          remove: () => members.remove({ organisation, userId: id(target) }),
          leave: () => api.leave({ organisation }),
          transfer: () => api.transfer({ organisation, userId: id(target), confirm: name }),
          project: () => members.setProjectRole({ organisation, project: "engine", userId: id(target), role: there }),
        }[deed] ?? (() => Promise.reject(new Error(deed)))
      )().then(
        () => true,
        () => false,
      );
      const [after, withinAfter] = [await house.rolesIn(organisation), await within()];
      const said = `seed ${seed}, step ${step}: ${actor} ${deed} ${target} ${role} ${there}`;
      expect(Object.values(after).filter((held) => held === "owner").length, said).toBeGreaterThan(0);
      if (done) went.set(deed, (went.get(deed) ?? 0) + 1);
      else expect([after, withinAfter], said).toEqual([before, withinBefore]);
      const actorHad = before[email(actor)];
      for (const one of everybody) {
        const [had, has] = [before[email(one)], after[email(one)]];
        const gained = has ? permissionsOf(has).filter((permission) => !had || !allows(had, permission)) : [];
        expect(
          gained.filter((permission) => !actorHad || !allows(actorHad, permission)),
          said,
        ).toEqual([]);
        const inProject = (general: Role | undefined, overrides: Readonly<Record<string, ProjectRole>>) =>
          general && roleInProject(general, overrides[id(one)]);
        const [could, can] = [inProject(had, withinBefore), inProject(has, withinAfter)];
        if (deed !== "project" || !can) continue;
        const more = permissionsOf(can).filter((permission) => !could || !allows(could, permission));
        const actorCould = actorHad && roleInProject(actorHad, withinBefore[id(actor)]);
        expect(
          more.filter((permission) => !actorCould || !allows(actorCould, permission)),
          said,
        ).toEqual([]);
      }
      // Whoever left comes back as somebody, so that the rest of the run has people.
      for (const one of names) {
        if (!after[email(one)]) {
          await house.plane.db.insert(memberships).values({
            organisationId: await house.idOf(organisation),
            userId: id(one),
            role: random.pick(["viewer", "developer"]),
          });
        }
      }
      if (!after[email("founder")]) {
        await house.plane.db
          .insert(memberships)
          .values({ organisationId: await house.idOf(organisation), userId: id("founder"), role: "viewer" });
      }
    }
  }
  expect([...went.keys()].sort()).toEqual(["leave", "project", "remove", "role", "transfer"]);
});
