import { once } from "node:events";
import { Writable } from "node:stream";
import type postgres from "postgres";

export interface CopyIn {
  write(rows: string | Uint8Array): Promise<void>;
  /** Resolves when the database has taken all of it. */
  end(): Promise<void>;
  /** Gives up: the rows so far are not taken. */
  abort(cause: Error): void;
}

type Session = postgres.Sql | postgres.TransactionSql;

/** Sends rows by `COPY … FROM STDIN`, no faster than they are taken. Rejects with the database's error. */
export async function copyIn(sql: Session, statement: string): Promise<CopyIn> {
  const failed = Promise.withResolvers<never>();
  failed.promise.catch(() => undefined);
  const query = sql.unsafe(statement);
  whenRejected(query, failed.reject);
  const stream: unknown = await query.writable();
  if (!(stream instanceof Writable)) throw new Error("The statement takes no rows.");
  stream.on("error", failed.reject);
  const orFail = (work: Promise<unknown>) => Promise.race([work, failed.promise]).then(() => undefined);
  return {
    write: (rows) => orFail(stream.write(rows) ? Promise.resolve() : once(stream, "drain")),
    end: () => {
      const finished = once(stream, "finish");
      finished.catch(() => undefined);
      stream.end();
      return orFail(finished);
    },
    abort: (cause) => void stream.destroy(cause),
  };
}

/** The driver tells its query, but no longer the stream, of an error that comes after the last row. */
function whenRejected(query: object, tell: (cause: unknown) => void): void {
  const reject: unknown = Reflect.get(query, "reject");
  if (typeof reject !== "function") throw new Error("The driver's queries have changed.");
  Reflect.set(query, "reject", (cause: unknown) => {
    tell(cause);
    reject(cause);
  });
}
