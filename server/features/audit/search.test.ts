import { afterAll, beforeAll, expect, test } from "vitest";
import { memberships } from "#db/schema/organisations.ts";
import { projects } from "#db/schema/projects.ts";
import type { TestControlPlane } from "#tests/support/controlPlane.ts";
import { testControlPlane } from "#tests/support/controlPlane.ts";
import { findOrganisation } from "../organisations/service.ts";
import { csvLines } from "./export/exportLines.ts";
import { recordAudit } from "./service.ts";

let plane: TestControlPlane;
let ada: Awaited<ReturnType<TestControlPlane["person"]>>;
let organisation: { readonly id: string; readonly slug: string };
let projectId: string;
beforeAll(async () => {
  plane = await testControlPlane({ GANTRY_PLAN: "enterprise" });
  ada = await plane.person("Ada");
  organisation = (await findOrganisation(plane.db, ada.user.id, ada.organisation)).organisation;
  const [project] = await plane.db
    .insert(projects)
    .values({ organisationId: organisation.id, slug: "crm", name: "CRM", origin: "blank", state: "ready" })
    .returning();
  projectId = project?.id ?? "";
  const person = (name: string) => ({ kind: "person", id: crypto.randomUUID(), name }) as const;
  const [grace, joan] = [person("Grace Hopper"), person("Joan")];
  const record = { organisationId: organisation.id };
  await recordAudit(plane.db, {
    ...record,
    actor: grace,
    action: "deployments.request",
    target: "project crm",
    projectId,
  });
  await recordAudit(plane.db, { ...record, actor: joan, action: "members.setRole", target: "member bob@example.com" });
  await recordAudit(plane.db, {
    ...record,
    actor: grace,
    action: "members.remove",
    target: "=cmd|' /C calc'!A0, \"x\"",
  });
});
afterAll(() => plane[Symbol.asyncDispose]());

const list = (query: object) => plane.caller(ada.user).audit.list({ organisation: ada.organisation, ...query });

async function found(query: object): Promise<number[]> {
  return (await list(query)).entries.map(({ sequence }) => sequence);
}

test("entries are found by begun words, person, action, project, time, and all of them together", async () => {
  expect(await found({})).toEqual([4, 3, 2, 1]);
  expect(await found({ words: "hopp" })).toEqual([4, 2]);
  expect(await found({ words: "BOB@example" })).toEqual([3]);
  expect(await found({ words: "role member" })).toEqual([]);
  expect(await found({ words: "members grace" })).toEqual([4]);
  expect(await found({ action: "members.setRole" })).toEqual([3]);
  expect(await found({ projectId })).toEqual([2]);
  const {
    actors,
    actions,
    projects: named,
  } = await plane.caller(ada.user).audit.facets({ organisation: ada.organisation });
  const grace = actors.find(({ name }) => name === "Grace Hopper");
  expect(await found({ actor: grace?.id })).toEqual([4, 2]);
  expect(await found({ actor: grace?.id, words: "crm" })).toEqual([2]);
  expect(actions).toEqual(["deployments.request", "members.remove", "members.setRole", "organisation.founded"]);
  expect(named).toEqual([{ id: projectId, name: "CRM" }]);
  expect(await found({ from: new Date(Date.now() + 60_000) })).toEqual([]);
  expect(await found({ until: new Date(Date.now() + 60_000) })).toHaveLength(4);
  expect(await found({ until: new Date(Date.now() - 60_000) })).toEqual([]);
  const [, , second] = (await list({})).entries;
  expect(await found({ from: second?.at, until: second?.at })).toContain(2);
  expect(await found({ from: second?.at })).toEqual(expect.arrayContaining([4, 3, 2]));
  for (const words of ["'", "a & | !", ":*", "\\", "%_"]) expect(await found({ words })).toBeInstanceOf(Array);
});

test("pages follow each other by number: what comes meanwhile shifts none", async () => {
  const first = await list({ size: 2 });
  expect(first.entries.map(({ sequence }) => sequence)).toEqual([4, 3]);
  const second = await list({ size: 2, cursor: first.older ?? 0 });
  expect(second).toMatchObject({ entries: [{ sequence: 2 }, { sequence: 1 }], older: null });
});

test("nothing of another organisation is found by words that stand there too", async () => {
  const eve = await plane.person("Eve");
  const { entries } = await plane
    .caller(eve.user)
    .audit.list({ organisation: eve.organisation, words: "organisation" });
  expect(entries).toMatchObject([{ action: "organisation.founded", actor: { name: "Eve" } }]);
});

test("only those who may read it do", async () => {
  const viewer = await plane.person("Vic");
  await plane.db
    .insert(memberships)
    .values({ organisationId: organisation.id, userId: viewer.user.id, role: "developer" });
  const asked = plane.caller(viewer.user).audit.list({ organisation: ada.organisation });
  await expect(asked).rejects.toMatchObject({ code: "FORBIDDEN" });
});

test("in a spreadsheet nothing of an entry is a formula", async () => {
  let text = "";
  for await (const line of csvLines(
    { bound: plane.db, system: plane.db },
    { organisation, filter: { action: "members.remove" } },
  ))
    text += line;
  const [header, row] = text.split("\r\n");
  expect(header).toMatch(/^sequence,at,actor,/);
  expect(row).toContain(`"'=cmd|' /C calc'!A0, ""x"""`);
});
