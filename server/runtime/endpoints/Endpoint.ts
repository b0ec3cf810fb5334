import type postgres from "postgres";
import { endpointTables } from "#lib/compile/schema/endpointsSchema.ts";
import { AppError } from "#lib/errors/AppError.ts";
import { tableName } from "#lib/sql/ddl/statements.ts";
import type { FieldCipher } from "../encryption/FieldCipher.ts";
import type { Environment } from "../host/Environment.ts";

/** Where events are sent to. */
export interface Endpoint {
  readonly id: string;
  /** Secret: it may hold a password. */
  readonly url: string;
  /** Patterns of types. */
  readonly types: readonly string[];
  readonly description: string | null;
  readonly isEnabled: boolean;
  /** Why it was disabled without anybody asking for that. */
  readonly reason: string | null;
  /** What is signed with: the current one first; none where nothing is signed. */
  readonly secrets: readonly string[];
  /** Until when the secret before the current one counts; null where there is none. */
  readonly previousUntil: string | null;
  /** Since when nothing has arrived though it was tried. */
  readonly failingSince: string | null;
  readonly createdAt: string;
}

export const endpoints = tableName(endpointTables.endpoints);
export const deliveries = tableName(endpointTables.deliveries);

/** What sealed values belong to. */
const places = { target: "gantry_endpoints.target", secret: "gantry_endpoints.secret" };

/** RFC 3339 in UTC with milliseconds. */
export const momentText = (column: string) =>
  `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS ${column}`;

/** The columns that `readEndpoint` reads. */
export const endpointColumns = [
  ...["id::text", "target", "types", "description", "enabled::text", "reason", "secret"],
  "CASE WHEN previous_until > now() THEN previous_secret END AS previous_secret",
  ...["previous_until", "failing_since", "created_at"].map(momentText),
].join(", ");

export interface EndpointRow {
  readonly id: string;
  readonly target: string;
  readonly types: string;
  readonly description: string | null;
  readonly enabled: string;
  readonly reason: string | null;
  readonly secret: string | null;
  readonly previous_secret: string | null;
  readonly previous_until: string | null;
  readonly failing_since: string | null;
  readonly created_at: string;
}

export function readEndpoint(row: EndpointRow, cipher: FieldCipher): Endpoint {
  const secrets = [row.secret, row.previous_secret].filter((sealed) => sealed !== null);
  return {
    id: row.id,
    url: cipher.open(row.target, places.target),
    types: JSON.parse(row.types) as readonly string[],
    description: row.description,
    isEnabled: row.enabled === "true",
    reason: row.reason,
    secrets: secrets.map((sealed) => cipher.open(sealed, places.secret)),
    previousUntil: row.previous_secret === null ? null : row.previous_until,
    failingSince: row.failing_since,
    createdAt: row.created_at,
  };
}

export const sealTarget = (cipher: FieldCipher, url: string) => cipher.seal(url, places.target);
export const sealSecret = (cipher: FieldCipher, secret: string) => cipher.seal(secret, places.secret);

/** What endpoints keep is sealed with the keys of the environment. */
export function cipherOf({ cipher }: Pick<Environment, "cipher">): FieldCipher {
  if (cipher) return cipher;
  throw new AppError("unavailable", "This environment has no key to keep secrets with. Deploy it again.");
}

/** Rows of a query of our own, whose values are texts in both directions. */
export async function rowsOf<Row>(
  sql: postgres.TransactionSql,
  text: string,
  values: readonly (string | null)[] = [],
): Promise<readonly Row[]> {
  return (await sql.unsafe(text, values as string[], { prepare: true })) as unknown as readonly Row[];
}
