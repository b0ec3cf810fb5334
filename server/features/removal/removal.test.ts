import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { memberships, organisations } from "#db/schema/organisations.ts";
import { projects } from "#db/schema/projects.ts";
import { users } from "#db/schema/users.ts";
import { env } from "#server/env.ts";
import { findEnvironment, provisionEnvironment } from "../environments/service.ts";
import { type House, startHouse } from "../organisations/testing/startHouse.ts";
import { deleteOrganisation, dueOrganisations } from "./deleteOrganisation.ts";

let house: House;
beforeAll(async () => {
  house = await startHouse();
});
afterAll(() => house[Symbol.asyncDispose]());

/** An organisation with two projects that have databases, on its way out. */
async function leaving(name: string, deletesAt: Date) {
  const person = await house.plane.person(name);
  const { organisation } = person;
  const api = house.plane.caller(person.user).projects;
  const databases: string[] = [];
  for (const project of ["One", "Two"]) {
    const { slug } = await api.create({ organisation, name: `${name} ${project}`, from: { kind: "blank" } });
    const [row] = await house.plane.db.select().from(projects).where(eq(projects.slug, slug));
    const { id } = await findEnvironment(house.plane.db, row?.id ?? "", "production");
    databases.push((await provisionEnvironment(id)).databaseName ?? "");
  }
  await house.plane.db.update(organisations).set({ deletesAt }).where(eq(organisations.slug, organisation));
  return { ...person, id: await house.idOf(organisation), databases };
}

async function databasesAmong(names: readonly string[]): Promise<readonly unknown[]> {
  const found = await house.plane.db.execute<{ name: string }>(sql`select datname as name from pg_database`);
  return [...found].map(({ name }) => name).filter((name) => names.includes(name));
}

const repositories = () => readdir(join(env().GANTRY_DATA, "repositories"));

test("before its day nothing of an organisation is deleted", async () => {
  const soon = await leaving("Soon", new Date(Date.now() + 60_000));
  expect(await dueOrganisations(house.plane.db)).not.toContain(soon.id);
  expect(await deleteOrganisation(house.plane.db, soon.id)).toBe(false);
  expect(await databasesAmong(soon.databases)).toHaveLength(2);
  expect(await house.plane.caller(soon.user).projects.list({ organisation: soon.organisation })).toHaveLength(2);
});

test("killed in the middle again and again, the next try deletes what is left, and nothing of others", {
  timeout: 90_000,
}, async () => {
  const [other, gone] = [
    await leaving("Other", new Date(Date.now() + 60_000)),
    await leaving("Gone", new Date(Date.now() - 1000)),
  ];
  const [token] = await house.plane.db
    .insert(users)
    .values({ kind: "service", email: "token@gone.invalid", name: "Robot" })
    .returning();
  await house.plane.db
    .insert(memberships)
    .values({ organisationId: gone.id, userId: token?.id ?? "", role: "admin", origin: "token" });
  const before = (await repositories()).length;

  const program = fileURLToPath(new URL("testing/deleteInProcess.ts", import.meta.url));
  for (const left of [2, 1]) {
    const reached = Promise.withResolvers<void>();
    const held = Promise.withResolvers<void>();
    house.answer = async (call) => {
      if (!call.startsWith("DELETE")) return 200;
      // The first environment that is still there goes; the process dies while it waits for the answer about the next.
      calls += 1;
      if (calls < 3 - left + (left === 2 ? 0 : -1)) return 200;
      reached.resolve();
      await held.promise;
      return 200;
    };
    let calls = 0;
    const child = spawn(process.execPath, [program, gone.id], { env: process.env, stdio: "ignore" });
    await reached.promise;
    child.kill("SIGKILL");
    await once(child, "close");
    held.resolve();
    expect(await dueOrganisations(house.plane.db)).toEqual([gone.id]);
    house.answer = () => 200;
    // Somebody who thinks better of it now is too late.
    await expect(
      house.plane.caller(gone.user).organisations.restore({ organisation: gone.organisation }),
    ).rejects.toMatchObject({ code: "CONFLICT" });
  }
  expect(await deleteOrganisation(house.plane.db, gone.id)).toBe(true);
  expect(await deleteOrganisation(house.plane.db, gone.id)).toBe(false);
  expect(await databasesAmong(gone.databases)).toEqual([]);
  expect((await repositories()).length).toBe(before - 2);
  expect(await house.plane.db.$count(organisations, eq(organisations.id, gone.id))).toBe(0);
  expect(await house.plane.db.$count(users, eq(users.id, token?.id ?? ""))).toBe(0);
  // The person stays, without it; and so does everybody else's.
  expect(await house.plane.caller(gone.user).organisations.list()).toEqual([]);
  expect(await databasesAmong(other.databases)).toHaveLength(2);
});

test("restored and deleted at the same moment, one of both happens whole", async () => {
  for (let round = 0; round < 5; round += 1) {
    const person = await house.plane.person(`Torn ${round}`);
    const id = await house.idOf(person.organisation);
    const deletesAt = new Date(Date.now() + 30);
    await house.plane.db.update(organisations).set({ deletesAt }).where(eq(organisations.id, id));
    const restoring = async () => {
      await house.plane.db.execute(sql`select pg_sleep_until(${deletesAt.toISOString()}::timestamptz)`);
      await house.plane.caller(person.user).organisations.restore({ organisation: person.organisation });
    };
    const deleting = async () => {
      for (;;) {
        const due = await dueOrganisations(house.plane.db);
        if (due.includes(id)) return await deleteOrganisation(house.plane.db, id);
        if ((await house.plane.db.$count(organisations, sql`id = ${id} and deletes_at is not null`)) === 0)
          return false;
      }
    };
    const [restored, deleted] = await Promise.allSettled([restoring(), deleting()]);
    const isGone = deleted.status === "fulfilled" && deleted.value;
    expect(restored.status).toBe(isGone ? "rejected" : "fulfilled");
    expect(await house.plane.db.$count(organisations, eq(organisations.id, id))).toBe(isGone ? 0 : 1);
  }
});
