import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { and, asc, eq, gt, isNull } from "drizzle-orm";
import { auditEntries } from "#db/schema/auditEntries.ts";
import { invitations } from "#db/schema/invitations.ts";
import { memberships } from "#db/schema/organisations.ts";
import { users } from "#db/schema/users.ts";
import type { Connection } from "../../../database.ts";
import type { Organisation } from "../../organisations/service.ts";
import { writeJson, writeJsonLines } from "./writeJson.ts";

/** What is of the organisation itself: its settings, its people, its audit log. Never a secret, nor a hash of one. */
export async function exportOrganisation(db: Connection, organisation: Organisation, folder: string): Promise<void> {
  const { id: organisationId, deletionAskedBy: _, ...settings } = organisation;
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "README.md"), readme(organisation));
  await writeJson(join(folder, "organisation.json"), { id: organisationId, ...settings });
  await writeJson(join(folder, "members.json"), await membersOf(db, organisationId));
  await writeJson(join(folder, "invitations.json"), await invitationsOf(db, organisationId));
  await writeJsonLines(join(folder, "audit-log.jsonl"), auditLogOf(db, organisationId));
}

async function membersOf(db: Connection, organisationId: string) {
  return await db
    .select({
      name: users.name,
      email: users.email,
      kind: users.kind,
      role: memberships.role,
      origin: memberships.origin,
      joinedAt: memberships.createdAt,
      suspendedAt: memberships.suspendedAt,
    })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(eq(memberships.organisationId, organisationId))
    .orderBy(asc(memberships.createdAt), asc(users.email));
}

async function invitationsOf(db: Connection, organisationId: string) {
  const { email, role, createdAt, expiresAt } = invitations;
  const isPending = and(isNull(invitations.acceptedAt), isNull(invitations.revokedAt));
  return await db
    .select({ email, role, createdAt, expiresAt })
    .from(invitations)
    .where(and(eq(invitations.organisationId, organisationId), isPending))
    .orderBy(asc(createdAt));
}

const pageSize = 1000;

/** In order, with the hashes by which it is shown to be whole. */
async function* auditLogOf(db: Connection, organisationId: string) {
  for (let after = 0; ; ) {
    const page = await db
      .select()
      .from(auditEntries)
      .where(and(eq(auditEntries.organisationId, organisationId), gt(auditEntries.sequence, after)))
      .orderBy(asc(auditEntries.sequence))
      .limit(pageSize);
    yield page.map(({ organisationId: _, ...entry }) => entry);
    const last = page.at(-1);
    if (!last) return;
    after = last.sequence;
  }
}

function readme({ name }: Organisation): string {
  return `# ${name}

Everything that the organisation had in Gantry when this was made. There are no secrets in it, and no keys.

- \`organisation.json\`, \`members.json\`, \`invitations.json\`: the organisation and its people.
- \`audit-log.jsonl\`: one entry a line, oldest first, each with its hash and the hash before it.
- \`projects/<project>/\`
  - \`project.json\`: name, origin, environments with their settings, rules of branches, roles, backups.
  - \`releases.jsonl\`: one deployment a line.
  - \`repository.bundle\`: all branches and tags with their history. \`git clone repository.bundle\` makes a repository of it.
  - \`sources/\`: the files of \`main\`, the model in \`domain/\` among them.
  - \`rows/<environment>/\`: all rows at one moment. In an empty PostgreSQL database, from that folder:
    \`psql -v ON_ERROR_STOP=1 -f load.sql\`. Values of encrypted attributes stay as sealed as they were in the database;
    the app's API gives them in clear.

To have an app as a program of its own, eject it: Settings of the project, Eject.
`;
}
