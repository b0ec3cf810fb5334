import { PgDialect } from "drizzle-orm/pg-core";
import { PostgresJsDatabase, PostgresJsSession } from "drizzle-orm/postgres-js";
import type postgres from "postgres";
import type { Database } from "#db/client.ts";
import { tenantRole } from "#db/grantTenancy.ts";
import { quoteLiteral } from "#lib/sql/ddl/quoteLiteral.ts";
import { quoteIdentifier } from "#lib/sql/identifier.ts";

type Client = Database["$client"];

const dialect = new PgDialect();

type Begin = (...given: readonly unknown[]) => Promise<unknown>;

type Work = (sql: postgres.TransactionSql) => unknown;

/**
 * The same database as one organisation sees it: each statement and each transaction first takes on the role that
 * row-level security binds (db/schema/tenancy.ts). Rows of others are not there, and none can be written.
 */
export function tenantDatabase(system: Database, organisationId: string): Database {
  const client = tenantClient(system.$client, organisationId);
  // As `drizzle()` does, which would work out the relations of all tables anew each time (0.8 ms).
  const { schema, fullSchema, tableNamesMap } = system._;
  const relations = schema && { schema, fullSchema, tableNamesMap };
  const database = new PostgresJsDatabase(dialect, new PostgresJsSession(client, dialect, relations, {}), relations);
  return Object.assign(database, { $client: client });
}

/** What drizzle calls of a client: `unsafe`, `begin` and `options`. Whatever else there is stays out of reach. */
function tenantClient(client: Client, organisationId: string): Client {
  const begin: Begin = (...given) =>
    (client.begin as Begin)(...given.map((one) => (typeof one === "function" ? bound(one as Work) : one)));
  const role = quoteIdentifier(tenantRole(client.options.database));
  // Both end with the transaction, however it ends: nothing of them stays on the pooled connection. No query yet, so
  // that the work may still choose the transaction's isolation.
  const become = `set local role ${role}; set local "gantry.organisation" = ${quoteLiteral(organisationId)}`;
  const bound = (work: Work): Work => {
    return (sql) => {
      // Sent together with what follows it.
      const becoming = sql.unsafe(become).execute();
      return Promise.all([work(sql), becoming]).then(([result]) => result);
    };
  };
  return {
    options: client.options,
    begin,
    unsafe: (...given: Parameters<Client["unsafe"]>) => {
      const run = (values: boolean) =>
        begin((sql: postgres.TransactionSql) => {
          const query = sql.unsafe(...given);
          return values ? query.values() : query;
        });
      return statement(run);
    },
  } as unknown as Client;
}

/** A query that is sent when somebody waits for it, as the client's own are; `values()` asks for rows as arrays. */
function statement(run: (values: boolean) => Promise<unknown>) {
  let values = false;
  let sent: Promise<unknown> | null = null;
  const send = () => {
    sent ??= run(values);
    return sent;
  };
  const query = {
    values() {
      values = true;
      return query;
    },
    // biome-ignore lint/suspicious/noThenProperty: drizzle awaits what `unsafe` returns
    then: (...given: Parameters<Promise<unknown>["then"]>) => send().then(...given),
    catch: (...given: Parameters<Promise<unknown>["catch"]>) => send().catch(...given),
    finally: (...given: Parameters<Promise<unknown>["finally"]>) => send().finally(...given),
  };
  return query;
}
