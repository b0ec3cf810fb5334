import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Database } from "#db/client.ts";
import { openDatabase } from "#db/client.ts";
import { migrateDatabase } from "#db/migrate.ts";
import { users } from "#db/schema/users.ts";
import type { Principal, SessionUser } from "#server/access/Principal.ts";
import { createOrganisation } from "#server/features/organisations/service.ts";
import { inngest } from "#server/jobs/client.ts";
import type { Context } from "#server/trpc/context.ts";
import { createCaller } from "#server/trpc/root.ts";
import { testDatabase } from "./postgres.ts";
import { testSettings } from "./settings.ts";

export interface TestControlPlane extends AsyncDisposable {
  readonly db: Database;
  /** An account with its personal organisation, made without hashing a password. */
  person(name: string): Promise<{ readonly user: SessionUser; readonly organisation: string }>;
  /** The root router's procedures as that person signed in, or as nobody. */
  caller(user: SessionUser | null): ReturnType<typeof createCaller>;
  /** The same by any means, such as a token. */
  callerBy(who: Principal): ReturnType<typeof createCaller>;
}

/**
 * The control plane on a database and a data folder of its own. Settings are read once in a process,
 * so a test file calls it once, in `beforeAll`.
 */
export async function testControlPlane(given: Readonly<Record<string, string>> = {}): Promise<TestControlPlane> {
  const database = await testDatabase();
  const folder = await mkdtemp(join(tmpdir(), "gantry-test-"));
  Object.assign(process.env, testSettings({ DATABASE_URL: database.url, GANTRY_DATA: folder, ...given }));
  // The client read the environment when it was loaded, which was before.
  inngest.setEnvVars(process.env);
  const db = openDatabase(database.url);
  // Code that asks for the process's database gets this one.
  Object.assign(globalThis, { gantryDatabase: db });
  await migrateDatabase(database.url);
  return {
    db,
    async person(name) {
      return await db.transaction(async (transaction) => {
        const email = `${name.toLowerCase().replaceAll(" ", ".")}@example.com`;
        const [user] = await transaction.insert(users).values({ email, name, passwordHash: "none" }).returning();
        if (!user) throw new Error("An inserted row was not returned.");
        const organisation = await createOrganisation(transaction, { name, ownerId: user.id });
        return { user: { id: user.id, email, name }, organisation: organisation.slug };
      });
    },
    caller: (user) => createCaller(testContext(db, user && asPrincipal(user))),
    callerBy: (who) => createCaller(testContext(db, who)),
    async [Symbol.asyncDispose]() {
      await db.$client.end();
      await database[Symbol.asyncDispose]();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A person who is signed in in a browser, without a second factor. */
function asPrincipal(user: SessionUser): Principal {
  return { user, by: "session", credentialId: null, scopes: null, onlyOrganisationId: null, secondFactor: false };
}

function testContext(db: Database, who: Principal | null): Context {
  const requestId = crypto.randomUUID();
  return { db, system: db, who, address: "192.0.2.1", userAgent: "test", requestId };
}
