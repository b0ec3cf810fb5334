import postgres from "postgres";
import { AppError } from "#lib/errors/AppError.ts";
import { refusal } from "../refusal.ts";
import type { Session, SessionAddress } from "./openSession.ts";
import { openSession } from "./openSession.ts";

/** How much may come in at once, between two things that are asked for. */
const receiveBytes = 256 * 1024 * 1024;

const settings = {
  default_transaction_read_only: "on",
  search_path: "",
  DateStyle: "ISO, YMD",
  IntervalStyle: "postgres",
  bytea_output: "hex",
  extra_float_digits: "1",
};

export interface SourceTransaction {
  readonly sql: postgres.TransactionSql;
  readonly session: Session;
}

/**
 * Reads a source in one snapshot: a read-only transaction that sees one moment of the database. Errors of the source
 * become public sentences.
 */
export async function readSource<Result>(
  address: SessionAddress,
  { statementSeconds }: { readonly statementSeconds: number },
  work: (transaction: SourceTransaction) => Promise<Result>,
): Promise<Result> {
  await using session = openSession(address, { receive: receiveBytes });
  // Where the work ends the connection, the rollback after it fails too and would hide why.
  let reason: unknown;
  try {
    let result: { readonly value: Result } | undefined;
    await session.sql.begin("isolation level repeatable read read only", async (sql) => {
      await sql`
        select set_config(name, value, true) from json_each_text(${JSON.stringify({
          ...settings,
          statement_timeout: `${statementSeconds}s`,
        })}::text::json) as setting(name, value)`;
      try {
        result = { value: await work({ sql, session }) };
      } catch (cause) {
        reason = cause;
        throw cause;
      }
    });
    if (!result) throw new Error("The transaction ended without its work.");
    return result.value;
  } catch (cause) {
    throw explain(reason ?? cause, session);
  }
}

function explain(cause: unknown, session: Session): unknown {
  if (cause instanceof AppError) return cause;
  if (session.guard.exceeded) return refusal("The database sends more at once than an import can hold.", cause);
  if (!(cause instanceof postgres.PostgresError)) return isNetworkError(cause) ? unreachable(cause) : cause;
  const { code, message } = cause;
  if (code.startsWith("28"))
    return refusal("The database refused the user or the password. Check the connection string.", cause);
  if (code === "3D000") return refusal("There is no database of that name. Check the connection string.", cause);
  if (code === "57014") return refusal("Reading the database took too long.", cause);
  if (code.startsWith("08") || code.startsWith("57P") || code.startsWith("53"))
    return new AppError("unavailable", `The database is not available: ${message}. Try again later.`, { cause });
  return refusal(`The database could not be read: ${message}.`, cause);
}

function isNetworkError(cause: unknown): boolean {
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
  return /^(?:E[A-Z]+|CONNECT\w+|CONNECTION_\w+|ERR_TLS\w+|ERR_SSL\w+|CERT_\w+|UNABLE_\w+|SELF_SIGNED\w+|DEPTH_\w+|HOSTNAME_\w+)$/.test(
    code,
  );
}

function unreachable(cause: unknown): AppError {
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
  if (/CERT|SELF_SIGNED|ERR_TLS|UNABLE_|DEPTH/.test(code))
    return refusal("The certificate of the database is not trusted. Check sslmode in the connection string.", cause);
  return new AppError(
    "unavailable",
    "The database does not answer. Check host and port, and that it takes connections from here.",
    { cause },
  );
}
