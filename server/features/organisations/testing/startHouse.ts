import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { asc, eq } from "drizzle-orm";
import { mails } from "#db/schema/mails.ts";
import { memberships, organisations } from "#db/schema/organisations.ts";
import { users } from "#db/schema/users.ts";
import type { Role } from "#lib/access/roles.ts";
import { unseal } from "#server/secrets/seal.ts";
import { type TestControlPlane, testControlPlane } from "#tests/support/controlPlane.ts";

type Person = Awaited<ReturnType<TestControlPlane["person"]>>;

/** A control plane whose job engine and runtime take whatever they are told, for tests about people. */
export interface House extends AsyncDisposable {
  readonly plane: TestControlPlane;
  /** What both were told: `PUT /environments/…`, `POST /e/…`. */
  readonly told: string[];
  /** What they answer with; by default 200. */
  answer: (call: string) => number | Promise<number>;
  /** Mails to an address that have not left, oldest first. */
  mailsTo(email: string): Promise<readonly { readonly subject: string; readonly text: string }[]>;
  /** Makes somebody a member. */
  join(organisation: string, person: Person, role: Role): Promise<void>;
  /** What everybody is, by their addresses. */
  rolesIn(organisation: string): Promise<Readonly<Record<string, Role>>>;
  idOf(organisation: string): Promise<string>;
}

export async function startHouse(given: Readonly<Record<string, string>> = {}): Promise<House> {
  const told: string[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => {
      body += String(chunk);
    });
    request.on("end", async () => {
      told.push(`${request.method} ${request.url} ${body}`);
      const status = await house.answer(`${request.method} ${request.url}`);
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify({ ids: ["1"], status }));
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const plane = await testControlPlane({ INNGEST_BASE_URL: url, GANTRY_RUNTIME_ADMIN_URL: url, ...given });
  const { db } = plane;

  async function idOf(organisation: string): Promise<string> {
    const [found] = await db
      .select({ id: organisations.id })
      .from(organisations)
      .where(eq(organisations.slug, organisation));
    if (!found) throw new Error(`There is no organisation ${organisation}.`);
    return found.id;
  }

  const house: House = {
    plane,
    told,
    answer: () => 200,
    async mailsTo(email) {
      const found = await db.select().from(mails).where(eq(mails.recipient, email)).orderBy(asc(mails.id));
      return found.flatMap(({ subject, textSealed }) => (textSealed ? [{ subject, text: unseal(textSealed) }] : []));
    },
    async join(organisation, person, role) {
      await db.insert(memberships).values({ organisationId: await idOf(organisation), userId: person.user.id, role });
    },
    async rolesIn(organisation) {
      const found = await db
        .select({ email: users.email, role: memberships.role })
        .from(memberships)
        .innerJoin(users, eq(users.id, memberships.userId))
        .where(eq(memberships.organisationId, await idOf(organisation)));
      return Object.fromEntries(found.map(({ email, role }) => [email, role]));
    },
    idOf,
    async [Symbol.asyncDispose]() {
      await plane[Symbol.asyncDispose]();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return house;
}
