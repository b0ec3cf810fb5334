import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { auditEntries } from "#db/schema/auditEntries.ts";
import { memberships } from "#db/schema/organisations.ts";
import type { Scope } from "#lib/access/scopes.ts";
import type { TestControlPlane } from "#tests/support/controlPlane.ts";
import { testControlPlane } from "#tests/support/controlPlane.ts";
import { findOrganisation } from "../../organisations/service.ts";
import { createToken } from "../../tokens/service.ts";
import { handleAuditExport } from "./handler.ts";
import { verifyExport } from "./verifyExport.ts";

type Person = Awaited<ReturnType<TestControlPlane["person"]>>;

let plane: TestControlPlane;
let ada: Person;
let organisationId: string;
beforeAll(async () => {
  plane = await testControlPlane({ GANTRY_PLAN: "team" });
  ada = await plane.person("Ada");
  organisationId = (await findOrganisation(plane.db, ada.user.id, ada.organisation)).organisation.id;
  await plane.caller(ada.user).organisations.rename({ organisation: ada.organisation, name: "Ada and friends" });
});
afterAll(() => plane[Symbol.asyncDispose]());

async function ask(person: Person, query: string, scopes: readonly Scope[] = ["administer"]): Promise<Response> {
  const { token } = await createToken(plane.db, person.user.id, { name: "export", expiresAt: null, scopes });
  const headers = { authorization: `Bearer ${token}`, "user-agent": "auditor" };
  return await handleAuditExport(new Request(`http://localhost/api/audit/${ada.organisation}?${query}`, { headers }));
}

async function* linesOf(text: string) {
  yield* text.split("\n");
}

test("an export is a file that verifies, and is itself in the log that it holds", async () => {
  const response = await ask(ada, "format=ndjson");
  expect(response.headers.get("content-type")).toBe("application/x-ndjson");
  expect(response.headers.get("content-disposition")).toMatch(/filename="ada-audit-\d{4}-\d\d-\d\d\.ndjson"/);
  const text = await response.text();
  expect(await verifyExport(linesOf(text))).toMatchObject({ problem: null, entries: 3 });
  const told = await plane.db.select().from(auditEntries).where(eq(auditEntries.action, "audit.export"));
  expect(told).toMatchObject([{ actor: { kind: "token", tokenName: "export" }, userAgent: "auditor" }]);
  expect(text).toContain("audit.export");
});

test("what is chosen is told as a selection, and is found below row-level security too", async () => {
  const response = await ask(ada, "format=ndjson&words=friends");
  const verified = await verifyExport(linesOf(await response.text()));
  // The renaming, and this export, which asked for the word.
  expect(verified).toMatchObject({ problem: null, entries: 2, header: { isSelection: true } });
  const csv = await (await ask(ada, "format=csv&action=organisations.rename")).text();
  expect(csv.trimEnd().split("\r\n")).toHaveLength(2);
});

test("who may not read the log gets nothing, nor does who asks for nonsense", async () => {
  const vic = await plane.person("Vic");
  expect((await ask(vic, "format=csv")).status).toBe(404);
  await plane.db.insert(memberships).values({ organisationId, userId: vic.user.id, role: "developer" });
  expect((await ask(vic, "format=csv")).status).toBe(403);
  expect((await ask(ada, "format=csv", ["read", "settings"])).status).toBe(403);
  expect((await ask(ada, "format=xml")).status).toBe(400);
  expect((await ask(ada, "format=csv&from=yesterday")).status).toBe(400);
  const nobody = new Request(`http://localhost/api/audit/${ada.organisation}`);
  expect((await handleAuditExport(nobody)).status).toBe(401);
});
