import type { ConnectionOptions } from "node:tls";
import postgres from "postgres";
import { guardTransactions } from "#lib/sql/guardTransactions.ts";
import { ReceiveGuard } from "./ReceiveGuard.ts";

/** Where a database answers, taken apart: nothing of a person's connection string gets further unread. */
export interface SessionAddress {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
  readonly ssl: false | "prefer" | ConnectionOptions;
}

export interface Session extends AsyncDisposable {
  readonly sql: postgres.Sql;
  readonly guard: ReceiveGuard;
}

/** One session, held to what was asked for. `settings` are the session's from its start. */
export function openSession(
  address: SessionAddress,
  { receive, settings = {} }: { readonly receive: number; readonly settings?: Readonly<Record<string, string>> },
): Session {
  const guard = new ReceiveGuard(receive);
  // The driver's types do not know `socket`.
  const options: postgres.Options<Record<string, never>> & { readonly socket: ReceiveGuard["open"] } = {
    host: address.host,
    port: address.port,
    user: address.user,
    password: address.password,
    database: address.database,
    ssl: address.ssl,
    max: 1,
    prepare: false,
    fetch_types: false,
    max_lifetime: null,
    connect_timeout: 15,
    backoff: false,
    onnotice: () => {},
    connection: { application_name: "gantry import", client_encoding: "UTF8", TimeZone: "UTC", ...settings },
    socket: guard.open,
  };
  const sql = guardTransactions(postgres(options));
  return { sql, guard, [Symbol.asyncDispose]: () => sql.end({ timeout: 1 }) };
}
