import { and, asc, eq, inArray, ne, sql } from "drizzle-orm";
import { directoryGroupMembers, directoryGroups, directoryUsers } from "#db/schema/directories.ts";
import type { Connection, Transaction } from "../../../database.ts";
import type { DirectoryScope } from "../DirectoryScope.ts";
import { inTurn } from "../inTurn.ts";
import { applyRoles } from "../people/membershipOf.ts";
import { record, requireVersion, type Versioned } from "../people/service.ts";
import { ScimError } from "../ScimError.ts";
import { urns } from "../schemas/resourceTypes.ts";
import { isObject, type Json } from "../schemas/ScimSchema.ts";

type DirectoryGroup = typeof directoryGroups.$inferSelect;

const mostGroups = 5000;

interface GroupMember {
  readonly groupId: string;
  readonly id: string;
  readonly userName: string;
}

export async function findGroup({ db, ...scope }: DirectoryScope, id: string): Promise<Versioned> {
  return await shown(db, scope, await rowOf(db, scope.organisationId, id));
}

export async function createGroup(scope: DirectoryScope, given: Json): Promise<Versioned> {
  return await inTurn(scope, async (db) => {
    const { organisationId } = scope;
    const { displayName, externalId, memberIds } = splitGroup(given);
    await requireUnique(db, organisationId, { displayName });
    const held = await db
      .select({ id: directoryGroups.id })
      .from(directoryGroups)
      .where(eq(directoryGroups.organisationId, organisationId));
    if (held.length >= mostGroups) throw new ScimError(403, `A directory can have ${mostGroups} groups.`);
    const [row] = await db.insert(directoryGroups).values({ organisationId, displayName, externalId }).returning();
    if (!row) throw new Error("An inserted row was not returned.");
    const { touched } = await setMembers(db, row, memberIds);
    await applyRoles(db, organisationId, touched);
    await record(db, scope, {
      action: "directory.groupAdded",
      target: `group ${displayName}`,
      after: { members: memberIds.size },
    });
    return await shown(db, scope, row);
  });
}

/** Puts `change` of what is there in its place. `version`: what the client has seen, where it says so. */
export async function changeGroup(
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
    const members = await membersOf(db, [id]);
    const { displayName, externalId, memberIds } = splitGroup(change(writable(before, members)));
    await requireUnique(db, organisationId, { displayName, butFor: id });
    const { touched, all } = await setMembers(db, before, memberIds);
    const isRenamed = displayName !== before.displayName || externalId !== before.externalId;
    if (!isRenamed && touched.length === 0) return await shown(db, scope, before);
    const [row] = await db
      .update(directoryGroups)
      .set({ displayName, externalId, version: sql`${directoryGroups.version} + 1`, changedAt: sql`now()` })
      .where(eq(directoryGroups.id, id))
      .returning();
    if (!row) throw unknownGroup(id);
    // By another name it may be another rule's.
    await applyRoles(db, organisationId, isRenamed ? all : touched);
    await record(db, scope, {
      action: "directory.groupChanged",
      target: `group ${displayName}`,
      before: { displayName: before.displayName, members: members.length },
      after: { displayName, members: memberIds.size },
    });
    return await shown(db, scope, row);
  });
}

export async function removeGroup(
  scope: DirectoryScope,
  { id, version }: { readonly id: string; readonly version: number | null },
): Promise<void> {
  await inTurn(scope, async (db) => {
    const row = await rowOf(db, scope.organisationId, id);
    requireVersion(row.version, version);
    const { touched } = await setMembers(db, row, new Set());
    await db.delete(directoryGroups).where(eq(directoryGroups.id, id));
    await applyRoles(db, scope.organisationId, touched);
    await record(db, scope, {
      action: "directory.groupRemoved",
      target: `group ${row.displayName}`,
      before: { members: touched.length },
    });
  });
}

/** All of them, or those whose column equals the value. */
export async function listGroups(
  { db, organisationId, base }: DirectoryScope,
  given: { readonly equal?: { readonly by: "id" | "displayName" | "externalId"; readonly value: string } },
): Promise<{ readonly total: number; readonly resources: Json[] }> {
  const { equal } = given;
  const where = and(eq(directoryGroups.organisationId, organisationId), equal && equalTo(equal));
  const rows = await db.select().from(directoryGroups).where(where).orderBy(asc(directoryGroups.id));
  const members = Map.groupBy(
    await membersOf(
      db,
      rows.map(({ id }) => id),
    ),
    ({ groupId }) => groupId,
  );
  const resources = rows.map((row) => groupResource(row, members.get(row.id) ?? [], base));
  return { total: resources.length, resources };
}

function equalTo({ by, value }: { readonly by: "id" | "displayName" | "externalId"; readonly value: string }) {
  switch (by) {
    case "id":
      return sql`${directoryGroups.id}::text = ${value}`;
    case "displayName":
      return sql`lower(${directoryGroups.displayName}) = ${value.toLowerCase()}`;
    case "externalId":
      return eq(directoryGroups.externalId, value);
  }
}

function groupResource(row: DirectoryGroup, members: readonly GroupMember[], base: string): Json {
  const { id, externalId, displayName, version, createdAt, changedAt } = row;
  return {
    schemas: [urns.group],
    id,
    ...(externalId !== null && { externalId }),
    displayName,
    ...(members.length > 0 && {
      members: members.map((member) => ({
        value: member.id,
        $ref: `${base}/Users/${member.id}`,
        display: member.userName,
        type: "User",
      })),
    }),
    meta: {
      resourceType: "Group",
      created: createdAt.toISOString(),
      lastModified: changedAt.toISOString(),
      location: `${base}/Groups/${id}`,
      version: `W/"${version}"`,
    },
  };
}

async function shown(db: Connection, { base }: Pick<DirectoryScope, "base">, row: DirectoryGroup): Promise<Versioned> {
  return { resource: groupResource(row, await membersOf(db, [row.id]), base), version: row.version };
}

async function membersOf(db: Connection, groupIds: readonly string[]): Promise<GroupMember[]> {
  if (groupIds.length === 0) return [];
  return await db
    .select({ groupId: directoryGroupMembers.groupId, id: directoryUsers.id, userName: directoryUsers.userName })
    .from(directoryGroupMembers)
    .innerJoin(directoryUsers, eq(directoryUsers.id, directoryGroupMembers.directoryUserId))
    .where(inArray(directoryGroupMembers.groupId, [...groupIds]))
    .orderBy(asc(directoryUsers.id));
}

async function rowOf(db: Connection, organisationId: string, id: string): Promise<DirectoryGroup> {
  const [row] = await db
    .select()
    .from(directoryGroups)
    .where(and(eq(directoryGroups.organisationId, organisationId), sql`${directoryGroups.id}::text = ${id}`));
  if (!row) throw unknownGroup(id);
  return row;
}

function writable({ displayName, externalId }: DirectoryGroup, members: readonly GroupMember[]): Json {
  return {
    displayName,
    ...(externalId !== null && { externalId }),
    members: members.map(({ id }) => ({ value: id })),
  };
}

function splitGroup({ displayName, externalId, members }: Json) {
  const name = typeof displayName === "string" ? displayName.trim() : "";
  if (name === "") throw new ScimError(400, "displayName is required.", "invalidValue");
  const listed = (Array.isArray(members) ? members : []).filter(isObject);
  return {
    displayName: name,
    externalId: typeof externalId === "string" ? externalId : null,
    memberIds: new Set(listed.map(({ value }) => String(value ?? ""))),
  };
}

/** Puts these in it and nobody else. Answers those who came or went, and all who are or were in it. */
async function setMembers(
  db: Transaction,
  { id: groupId, organisationId }: DirectoryGroup,
  wanted: ReadonlySet<string>,
) {
  const { id, userId, formerRole } = directoryUsers;
  const held = new Set((await membersOf(db, [groupId])).map((member) => member.id));
  const known = await db
    .select({ id, userId, formerRole })
    .from(directoryUsers)
    .where(
      and(
        eq(directoryUsers.organisationId, organisationId),
        sql`${id}::text = any(${sql.param([...new Set([...held, ...wanted])])}::text[])`,
      ),
    );
  const ids = new Set(known.map((person) => person.id));
  for (const one of wanted) {
    if (!ids.has(one))
      throw new ScimError(
        400,
        `There is no user ${one} who could be a member; groups in groups are not kept.`,
        "invalidValue",
      );
  }
  const came = [...wanted].filter((one) => !held.has(one));
  const went = [...held].filter((one) => !wanted.has(one));
  if (went.length > 0) {
    await db
      .delete(directoryGroupMembers)
      .where(and(eq(directoryGroupMembers.groupId, groupId), inArray(directoryGroupMembers.directoryUserId, went)));
  }
  if (came.length > 0) {
    await db
      .insert(directoryGroupMembers)
      .values(came.map((directoryUserId) => ({ groupId, directoryUserId, organisationId })));
  }
  const moved = new Set([...came, ...went]);
  return { touched: known.filter((person) => moved.has(person.id)), all: known };
}

async function requireUnique(
  db: Transaction,
  organisationId: string,
  { displayName, butFor }: { readonly displayName: string; readonly butFor?: string },
): Promise<void> {
  const [other] = await db
    .select({ id: directoryGroups.id })
    .from(directoryGroups)
    .where(
      and(
        eq(directoryGroups.organisationId, organisationId),
        sql`lower(${directoryGroups.displayName}) = ${displayName.toLowerCase()}`,
        butFor === undefined ? undefined : ne(directoryGroups.id, butFor),
      ),
    );
  if (other) throw new ScimError(409, `There is a group ${displayName} already.`, "uniqueness");
}

function unknownGroup(id: string): ScimError {
  return new ScimError(404, `There is no group ${id}.`);
}
