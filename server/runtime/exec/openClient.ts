import postgres from "postgres";
import { guardTransactions } from "#lib/sql/guardTransactions.ts";

export interface ClientOptions {
  readonly connections: number;
  /** A statement is broken off after so long. */
  readonly statementSeconds: number;
  /** A transaction that sends no statement for so long is broken off. */
  readonly idleSeconds?: number;
}

/** A client as the runtime uses it: every value is a text, and sessions print what the APIs answer. */
export function openClient(
  url: string,
  { connections, statementSeconds, idleSeconds = 20 }: ClientOptions,
): postgres.Sql {
  const client = postgres(url, {
    max: connections,
    connect_timeout: 10,
    backoff: () => 0.2,
    prepare: true,
    fetch_types: false,
    types: asTheyAre,
    onnotice: () => {},
    connection: {
      application_name: "gantry-runtime",
      TimeZone: "UTC",
      DateStyle: "ISO, YMD",
      IntervalStyle: "iso_8601",
      statement_timeout: 1000 * statementSeconds,
      idle_in_transaction_session_timeout: 1000 * idleSeconds,
    },
  });
  return guardTransactions(client);
}

/** Parameters are texts already; the driver would make dates, JSON and booleans into something else. */
const asTheyAre = Object.fromEntries(
  [16, 17, 114, 1082, 1114, 1184, 3802].map((oid) => [
    `type${oid}`,
    { to: oid, from: [oid], serialize: (text: string) => text, parse: (text: string) => text },
  ]),
);
