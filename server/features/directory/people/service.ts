import { and, asc, count, eq, ne, sql } from "drizzle-orm";
import { directoryUsers } from "#db/schema/directories.ts";
import { memberships } from "#db/schema/organisations.ts";
import { users } from "#db/schema/users.ts";
import type { Connection, Transaction } from "../../../database.ts";
import { email as emailShape } from "../../accounts/service.ts";
import { recordAudit } from "../../audit/service.ts";
import { accountFor, isOwnAddress } from "../../sso/service.ts";
import type { DirectoryScope } from "../DirectoryScope.ts";
import { inTurn } from "../inTurn.ts";
import { ScimError } from "../ScimError.ts";
import type { Json } from "../schemas/ScimSchema.ts";
import { applyRoles, groupsOf, setActive, takeIn, turnOut } from "./membershipOf.ts";
import { addressesOf, type DirectoryUser, nameOf, personResource, splitPerson } from "./personResource.ts";

const mostPeople = 20_000;

/** A resource with the version that its ETag names. */
export interface Versioned {
  readonly resource: Json;
  readonly version: number;
}

export async function findPerson({ db, ...scope }: DirectoryScope, id: string): Promise<Versioned> {
  return await shown(db, scope, await rowOf(db, scope.organisationId, id));
}

/** Throws ScimError: 409 `uniqueness` where the directory has them already, 400 for addresses of other domains. */
export async function createPerson(scope: DirectoryScope, given: Json): Promise<Versioned> {
  return await inTurn(scope, async (db) => {
    const { organisationId } = scope;
    const { userName, externalId, active, attributes } = splitPerson(given);
    const email = await requireOwnAddress(db, organisationId, { userName, attributes });
    await requireUnique(db, organisationId, { userName });
    await requireRoomHere(db, organisationId);
    const { id: userId, made } = await accountFor(db, { email, name: nameOf(attributes) });
    const formerRole = await takeIn(db, { organisationId, userId, active });
    const [row] = await db
      .insert(directoryUsers)
      .values({ organisationId, userId, userName, externalId, email, active, attributes, formerRole })
      .onConflictDoNothing()
      .returning();
    if (!row) throw new ScimError(409, `Somebody with the address ${email} is in the directory already.`, "uniqueness");
    await setActive(db, { organisationId, userId, active });
    await applyRoles(db, organisationId, [row]);
    const after = { userName, active, ...(made && { account: "made" }) };
    await record(db, scope, { action: "directory.personAdded", target: `member ${email}`, after });
    return await shown(db, scope, row);
  });
}

/** Puts `change` of what is there in its place. `version`: what the client has seen, where it says so. */
export async function changePerson(
  scope: DirectoryScope,
  {
    id,
    version,
    change,
  }: { readonly id: string; readonly version: number | null; readonly change: (resource: Json) => Json },
): Promise<Versioned> {
  return await inTurn(scope, async (db) => {
    const { organisationId } = scope;
    const before = await rowOf(db, organisationId, id);
    requireVersion(before.version, version);
    const { userName, externalId, active, attributes } = splitPerson(change(writable(before)));
    const email = await requireOwnAddress(db, organisationId, { userName, attributes });
    await requireUnique(db, organisationId, { userName, butFor: id });
    if (email !== before.email) await moveAccount(db, before, email);
    const next = { userName, externalId, email, active, attributes };
    if (isSame(next, before)) return await shown(db, scope, before);
    const [row] = await db
      .update(directoryUsers)
      .set({ ...next, version: sql`${directoryUsers.version} + 1`, changedAt: sql`now()` })
      .where(eq(directoryUsers.id, id))
      .returning();
    if (!row) throw unknownPerson(id);
    await setActive(db, { organisationId, userId: row.userId, active });
    const action =
      active === before.active
        ? "directory.personChanged"
        : active
          ? "directory.personSwitchedOn"
          : "directory.personSwitchedOff";
    await record(db, scope, {
      action,
      target: `member ${email}`,
      before: { userName: before.userName, active: before.active },
      after: { userName, active },
    });
    return await shown(db, scope, row);
  });
}

export async function removePerson(
  scope: DirectoryScope,
  { id, version }: { readonly id: string; readonly version: number | null },
): Promise<void> {
  await inTurn(scope, async (db) => {
    const { organisationId } = scope;
    const row = await rowOf(db, organisationId, id);
    requireVersion(row.version, version);
    await turnOut(db, { organisationId, userId: row.userId });
    await db.delete(directoryUsers).where(eq(directoryUsers.id, id));
    await record(db, scope, {
      action: "directory.personRemoved",
      target: `member ${row.email}`,
      before: { userName: row.userName },
    });
  });
}

/** Those whose column equals the value, or all; `page` only where nothing else chooses among them. */
export async function listPeople(
  { db, organisationId, base }: DirectoryScope,
  given: {
    readonly equal?: { readonly by: "id" | "userName" | "externalId"; readonly value: string };
    readonly page?: { readonly offset: number; readonly limit: number };
  },
): Promise<{ readonly total: number; readonly resources: Json[] }> {
  const { equal, page } = given;
  const where = and(eq(directoryUsers.organisationId, organisationId), equal && equalTo(equal));
  const query = db.select().from(directoryUsers).where(where).orderBy(asc(directoryUsers.id)).$dynamic();
  const rows = await (page ? query.limit(page.limit).offset(page.offset) : query);
  const groups = await groupsOf(
    db,
    rows.map(({ id }) => id),
  );
  const resources = rows.map((row) => personResource(row, groups.get(row.id) ?? [], base));
  if (!page) return { total: resources.length, resources };
  const [counted] = await db.select({ n: count() }).from(directoryUsers).where(where);
  return { total: counted?.n ?? 0, resources };
}

function equalTo({ by, value }: { readonly by: "id" | "userName" | "externalId"; readonly value: string }) {
  switch (by) {
    case "id":
      return sql`${directoryUsers.id}::text = ${value}`;
    case "userName":
      return sql`lower(${directoryUsers.userName}) = ${value.toLowerCase()}`;
    case "externalId":
      return eq(directoryUsers.externalId, value);
  }
}

async function shown(db: Connection, { base }: Pick<DirectoryScope, "base">, row: DirectoryUser): Promise<Versioned> {
  const groups = await groupsOf(db, [row.id]);
  return { resource: personResource(row, groups.get(row.id) ?? [], base), version: row.version };
}

/** Throws ScimError 404 for everybody of another organisation too. */
async function rowOf(db: Connection, organisationId: string, id: string): Promise<DirectoryUser> {
  const [row] = await db
    .select()
    .from(directoryUsers)
    .where(and(eq(directoryUsers.organisationId, organisationId), sql`${directoryUsers.id}::text = ${id}`));
  if (!row) throw unknownPerson(id);
  return row;
}

function writable({ userName, externalId, active, attributes }: DirectoryUser): Json {
  return { ...attributes, userName, active, ...(externalId !== null && { externalId }) };
}

async function requireOwnAddress(
  db: Transaction,
  organisationId: string,
  { userName, attributes }: { readonly userName: string; readonly attributes: Json },
): Promise<string> {
  if (userName === "") throw new ScimError(400, "userName is required.", "invalidValue");
  for (const address of addressesOf(userName, attributes)) {
    const email = emailShape.safeParse(address).data;
    if (email !== undefined && (await isOwnAddress(db, organisationId, email))) return email;
  }
  throw new ScimError(
    400,
    `${userName} has no address of a domain that the organisation has verified.`,
    "invalidValue",
  );
}

async function requireUnique(
  db: Transaction,
  organisationId: string,
  { userName, butFor }: { readonly userName: string; readonly butFor?: string },
): Promise<void> {
  const [other] = await db
    .select({ id: directoryUsers.id })
    .from(directoryUsers)
    .where(
      and(
        eq(directoryUsers.organisationId, organisationId),
        sql`lower(${directoryUsers.userName}) = ${userName.toLowerCase()}`,
        butFor === undefined ? undefined : ne(directoryUsers.id, butFor),
      ),
    );
  if (other) throw new ScimError(409, `${userName} is in the directory already.`, "uniqueness");
}

async function requireRoomHere(db: Transaction, organisationId: string): Promise<void> {
  const [held] = await db
    .select({ n: count() })
    .from(directoryUsers)
    .where(eq(directoryUsers.organisationId, organisationId));
  if ((held?.n ?? 0) >= mostPeople) throw new ScimError(403, `A directory can have ${mostPeople} people.`);
}

/**
 * Their address has changed in the directory. An account that is of this organisation alone, without a password, goes by
 * the new one; any other keeps its own, and the directory's record leads to it all the same.
 */
async function moveAccount(db: Transaction, { userId, organisationId }: DirectoryUser, email: string): Promise<void> {
  const [taken] = await db.select({ id: users.id }).from(users).where(eq(users.email, email));
  if (taken?.id === userId) return;
  if (taken) throw new ScimError(409, `The address ${email} is another account's.`, "uniqueness");
  const [elsewhere] = await db
    .select({ n: count() })
    .from(memberships)
    .where(and(eq(memberships.userId, userId), ne(memberships.organisationId, organisationId)));
  const [account] = await db
    .select({ passwordHash: users.passwordHash, email: users.email })
    .from(users)
    .where(eq(users.id, userId));
  if (!account || account.passwordHash !== null || (elsewhere?.n ?? 0) > 0) return;
  await db.update(users).set({ email }).where(eq(users.id, userId));
}

export function requireVersion(now: number, seen: number | null): void {
  if (seen !== null && seen !== now) throw new ScimError(412, "It has changed since it was read. Read it again.");
}

function isSame(next: Omit<Partial<DirectoryUser>, "id">, before: DirectoryUser): boolean {
  const { userName, externalId, email, active, attributes } = before;
  const sorted = (value: unknown) => JSON.stringify(sortedKeys(value));
  return sorted(next) === sorted({ userName, externalId, email, active, attributes });
}

/** jsonb keeps keys in an order of its own. */
function sortedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortedKeys);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, one]) => [key, sortedKeys(one)]),
  );
}

interface Deed {
  readonly action: string;
  readonly target: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

/** Writes down what the directory has done; last in its transaction. */
export async function record(
  db: Transaction,
  { organisationId, directory, place }: DirectoryScope,
  deed: Deed,
): Promise<void> {
  const actor = { kind: "directory", id: directory.id, name: `SCIM ${directory.tokenPrefix}…` } as const;
  await recordAudit(db, { organisationId, actor, ...place, ...deed });
}

function unknownPerson(id: string): ScimError {
  return new ScimError(404, `There is no user ${id}.`);
}
