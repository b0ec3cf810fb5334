import { readFile } from "node:fs/promises";
import { and, eq, isNull, ne } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { environments } from "#db/schema/environments.ts";
import { invitations } from "#db/schema/invitations.ts";
import { memberships, organisations } from "#db/schema/organisations.ts";
import { projects } from "#db/schema/projects.ts";
import { users } from "#db/schema/users.ts";
import {
  type Feature,
  featureNames,
  features,
  limitNames,
  limits,
  type PlanName,
  planNames,
  plans,
  planWith,
  roomLimits,
} from "#lib/plans/plans.ts";
import { numberWords } from "#lib/plans/words.ts";
import type { SessionUser } from "#server/access/Principal.ts";
import { procedures } from "#server/access/procedures.ts";
import type { Transaction } from "#server/database.ts";
import { type TestControlPlane, testControlPlane } from "#tests/support/controlPlane.ts";
import { createLasting } from "../branches/environments.ts";
import { ensurePreview } from "../branches/previews.ts";
import { insertProject } from "../projects/insertProject.ts";
import { createRepository } from "../repository/service.ts";
import { planBy } from "./planOf.ts";
import { requirePlan } from "./requirePlan.ts";
import { countIn, type Room } from "./room.ts";
import { entitlementsOf, requireFeature, requireRoom } from "./service.ts";
import { onPlan } from "./testing/onPlan.ts";

let control: TestControlPlane;
let user: SessionUser;
let organisation: string;
let organisationId: string;
let project: typeof projects.$inferSelect;

beforeAll(async () => {
  control = await testControlPlane();
  ({ user, organisation } = await control.person("Ada"));
  const [home] = await control.db.select().from(organisations).where(eq(organisations.slug, organisation));
  organisationId = home?.id ?? "";
  const given = {
    organisationId,
    name: "Shop",
    origin: "blank",
    state: "ready",
    requestId: null,
    createdBy: null,
  } as const;
  ({ project } = await insertProject(control.db, given));
  await createRepository({
    projectId: project.id,
    files: {},
    author: { name: "Ada", email: user.email },
    message: "Begin",
  });
});
afterAll(() => control[Symbol.asyncDispose]());

let number = 0;
beforeEach(async () => {
  const { db } = control;
  await db.delete(environments).where(ne(environments.name, "production"));
  await db.delete(projects).where(ne(projects.id, project.id));
  await db.delete(memberships).where(ne(memberships.userId, user.id));
  await db.delete(invitations);
});

interface Limited {
  readonly room: () => Room;
  /** Makes one more as the product does. */
  readonly add: () => Promise<unknown>;
  readonly removeOne: () => Promise<unknown>;
}

const member = async (transaction: Transaction) => {
  number += 1;
  await requireRoom(transaction, organisationId, "members");
  const [made] = await transaction
    .insert(users)
    .values({ email: `m${number}@example.com`, name: "M" })
    .returning();
  await transaction.insert(memberships).values({ organisationId, userId: made?.id ?? "", role: "viewer" });
};

/** Every limit on things that one makes. */
const limited: Readonly<Record<(typeof roomLimits)[number], Limited>> = {
  projects: {
    room: () => "projects",
    add: () => {
      const more = { origin: "blank", state: "ready", requestId: null, createdBy: null } as const;
      return insertProject(control.db, { organisationId, name: "More", ...more });
    },
    removeOne: () => removeFirst(projects, ne(projects.id, project.id)),
  },
  environments: {
    room: () => ({ limit: "environments", projectId: project.id }),
    add: () => {
      number += 1;
      return createLasting(project, { name: `e${number}`, branch: "main", copyOf: null });
    },
    removeOne: () =>
      removeFirst(environments, and(eq(environments.kind, "lasting"), ne(environments.name, "production"))),
  },
  previews: {
    room: () => ({ limit: "previews", projectId: project.id }),
    add: () => {
      number += 1;
      return ensurePreview(project, `b${number}`, { copyOf: null });
    },
    removeOne: () => removeFirst(environments, eq(environments.kind, "preview")),
  },
  members: {
    room: () => "members",
    add: () => control.db.transaction(member),
    removeOne: async () => {
      const [one] = await control.db.select().from(memberships).where(ne(memberships.userId, user.id)).limit(1);
      await control.db.delete(memberships).where(eq(memberships.userId, one?.userId ?? ""));
    },
  },
};

async function removeFirst(table: typeof projects | typeof environments, where: ReturnType<typeof eq> | undefined) {
  const [one] = await control.db.select({ id: table.id }).from(table).where(where).limit(1);
  await control.db.delete(table).where(eq(table.id, one?.id ?? ""));
}

describe.each(roomLimits)("the limit on %s", (limit) => {
  const { room, add, removeOne } = limited[limit];
  const countNow = () => countIn(control.db, organisationId, room());

  test.each(["free", "team"] as const)(
    "of %s can be filled, refuses one more in words, and has room again when one goes",
    async (plan) => {
      await using _ = await onPlan(control.db, organisation, plan);
      const most = plans[plan].limits[limit] ?? 0;
      while ((await countNow()) < most) await add();
      await expect(add()).rejects.toMatchObject({
        code: "plan_limit",
        message: expect.stringMatching(
          new RegExp(
            `is on ${plans[plan].title}, which has ${most} .* has .* under Settings, Plan and billing. Nothing is lost`,
          ),
        ),
      });
      expect(await countNow()).toBe(most);
      await removeOne();
      await add();
      expect(await countNow()).toBe(most);
    },
  );

  test("lets only one of two through that come at once for the last place", async () => {
    await using _ = await onPlan(control.db, organisation, "free");
    const most = plans.free.limits[limit] ?? 0;
    while ((await countNow()) < most - 1) await add();
    const came = await Promise.allSettled([add(), add(), add()]);
    expect(came.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected", "rejected"]);
    expect(await countNow()).toBe(most);
  });

  test("is not there without a plan that has one: whoever runs Gantry for themselves has all of it", async () => {
    for (let more = 0; more < 5; more += 1) await add();
    expect((await entitlementsOf(control.db, organisationId)).plan).toMatchObject({
      name: "enterprise",
      by: "installation",
    });
  });
});

describe("members", () => {
  test("count with those who are invited, not with whom a directory has switched off, nor with tokens", async () => {
    await control.db.transaction(member);
    const asked = { organisationId, email: "x@example.com", role: "viewer", invitedBy: null } as const;
    const [soon, gone] = [new Date(Date.now() + 60_000), new Date(Date.now() - 60_000)];
    await control.db.insert(invitations).values([
      { ...asked, hash: "1", expiresAt: soon },
      { ...asked, hash: "2", expiresAt: gone },
      { ...asked, hash: "3", expiresAt: soon, revokedAt: new Date() },
    ]);
    const [service] = await control.db
      .insert(users)
      .values({ email: `token${number}@example.com`, name: "Token", kind: "service" })
      .returning();
    await control.db
      .insert(memberships)
      .values({ organisationId, userId: service?.id ?? "", role: "developer", origin: "token" });
    expect(await countIn(control.db, organisationId, "members")).toBe(3);
    await control.db.update(memberships).set({ suspendedAt: new Date() }).where(ne(memberships.userId, user.id));
    expect(await countIn(control.db, organisationId, "members")).toBe(2);
  });

  test("beyond a smaller plan can read and leave; owners and those who came first go on", async () => {
    for (let more = 0; more < 4; more += 1) await control.db.transaction(member);
    await using _ = await onPlan(control.db, organisation, "free");
    const all = await control.db
      .select({ userId: memberships.userId })
      .from(memberships)
      .where(and(eq(memberships.organisationId, organisationId), isNull(memberships.suspendedAt)))
      .orderBy(memberships.createdAt);
    const answers = await Promise.all(
      all.map(async ({ userId }) => {
        const [path, requirement] = ["members.setRole", { permission: "members.manage" }] as const;
        const called = { requirement, organisationId, userId, projectId: null };
        await requirePlan(control.db, { ...called, path, isChange: false });
        await requirePlan(control.db, { ...called, path: "organisations.leave", isChange: true });
        return await requirePlan(control.db, { ...called, path, isChange: true }).then(
          () => "may",
          (error: { readonly code: string }) => error.code,
        );
      }),
    );
    expect(answers).toEqual(["may", "may", "may", "plan_limit", "plan_limit"]);
  });
});

describe.each(planNames)("on %s", (plan) => {
  test.each(featureNames)("%s goes where the plan has it, and is refused in words elsewhere", async (feature) => {
    await using _ = await onPlan(control.db, organisation, plan);
    const asked = () => requireFeature(control.db, organisationId, feature);
    const guarded = Object.entries(procedures).filter(([, { needs }]) => needs?.feature === feature);
    const given = { isChange: true, organisationId, userId: user.id, projectId: null };
    const calls = guarded.map(
      ([path, requirement]) =>
        () =>
          requirePlan(control.db, { ...given, path, requirement }),
    );
    for (const one of [asked, ...calls]) {
      if (plans[plan].features.includes(feature)) await one();
      else await expect(one()).rejects.toMatchObject({ code: "plan_limit", message: refusal(feature, plan) });
    }
  });
});

function refusal(feature: Feature, plan: PlanName) {
  const { title } = plans[planWith(feature)];
  return expect.stringMatching(new RegExp(`not part of ${plans[plan].title}; ${title} has it. Owners change the plan`));
}

describe("the plan", () => {
  const day = 24 * 60 * 60_000;
  const row = (more: object) =>
    ({ plan: "team", status: "active", cancelsAtPeriodEnd: false, pastDueSince: null, ...more }) as Parameters<
      typeof planBy
    >[0];

  test("is that of the subscription, of the trial, and for some days of one that is not paid", () => {
    const now = Date.now();
    expect(planBy(row({}), now)).toEqual({ name: "team", by: "subscription", endsAt: null });
    const ends = new Date(now + day);
    expect(planBy(row({ status: "trialing", trialEndsAt: ends }), now)).toEqual({
      name: "team",
      by: "trial",
      endsAt: ends,
    });
    expect(planBy(row({ status: "past_due", pastDueSince: new Date(now - 13 * day) }), now)).toMatchObject({
      name: "team",
      by: "grace",
    });
    expect(planBy(row({ status: "past_due", pastDueSince: new Date(now - 15 * day) }), now)).toMatchObject({
      by: "installation",
    });
    for (const status of ["incomplete", "incomplete_expired", "canceled", "unpaid", "paused", null]) {
      expect(planBy(row({ status }), now)).toMatchObject({ name: "enterprise", by: "installation" });
    }
  });

  test("stands in the docs as it is", async () => {
    const page = await readFile(new URL("../../../docs/concepts/plans.md", import.meta.url), "utf8");
    const row = (title: string, cells: readonly string[]) => `| ${[title, ...cells].join(" | ")} |`;
    for (const limit of limitNames) {
      const isDays = limits[limit].kind === "days";
      const cells = planNames.map((name) => {
        const value = plans[name].limits[limit];
        if (value === null) return isDays ? "for good" : "no limit";
        return isDays ? `${numberWords(value)} days` : numberWords(value);
      });
      expect(page).toContain(row(limits[limit].title, cells));
    }
    for (const feature of featureNames) {
      const cells = planNames.map((name) => (plans[name].features.includes(feature) ? "yes" : "–"));
      expect(page).toContain(row(features[feature].title, cells));
    }
  });

  test("has more the larger it is", () => {
    for (const [index, name] of planNames.slice(1).entries()) {
      const smaller = plans[planNames[index] ?? "free"];
      expect(plans[name].features).toEqual(expect.arrayContaining([...smaller.features]));
      for (const limit of limitNames) {
        expect(plans[name].limits[limit] ?? Number.POSITIVE_INFINITY).toBeGreaterThanOrEqual(
          smaller.limits[limit] ?? Number.POSITIVE_INFINITY,
        );
      }
    }
  });
});
