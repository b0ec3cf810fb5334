/** The client that the work of a transaction is given: a function with methods. */
type Scope = object;

type Work = (sql: Scope) => Promise<unknown>;

type Call = (...given: readonly unknown[]) => unknown;

/** Whether the transaction's promise has settled, which the end of its connection does at once. */
interface Life {
  over: boolean;
}

/**
 * Keeps a process alive whose connection is cut inside a transaction: postgres.js (3.4) would send the next statement,
 * or ROLLBACK, down the connection that is gone, and the error of that writing reaches no promise but ends the process
 * (github.com/porsager/postgres/issues/1154). With the guard nothing more is sent and the transaction is rejected.
 */
export function guardTransactions<Client extends { begin: unknown }>(client: Client): Client {
  const begin = client.begin as (...given: readonly unknown[]) => Promise<unknown>;
  client.begin = async (...given: readonly unknown[]) => {
    const life: Life = { over: false };
    try {
      return await begin(...guarded(given, life));
    } finally {
      life.over = true;
    }
  };
  return client;
}

/** `begin` and `savepoint` take the work as one of their arguments. */
function guarded(given: readonly unknown[], life: Life): readonly unknown[] {
  return given.map((argument) => (typeof argument === "function" ? guardedWork(argument as Work, life) : argument));
}

function guardedWork(work: Work, life: Life): Work {
  return async (sql) => {
    try {
      const result = await work(guardedScope(sql, life));
      if (!life.over) return result;
    } catch (error) {
      if (!life.over && !isConnectionLost(error)) throw error;
    }
    // Neither commit nor rollback: the end of the connection has rejected the whole.
    return new Promise(() => {});
  };
}

function guardedScope(sql: Scope, life: Life): Scope {
  const alive = () => {
    if (life.over) throw new Error("The connection was lost inside a transaction.");
  };
  return new Proxy(sql, {
    apply(target, self, given: readonly unknown[]) {
      alive();
      return Reflect.apply(target as Call, self, given);
    },
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== "function") return value;
      return (...given: readonly unknown[]) => {
        alive();
        return Reflect.apply(value, target, name === "savepoint" ? guarded(given, life) : given);
      };
    },
  });
}

function isConnectionLost(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = "code" in error ? String(error.code) : "";
  if (/^(?:CONNECTION_|ECONNRESET|EPIPE)/.test(code)) return true;
  // The server's last words on a session that it ends.
  if ("severity" in error && (error.severity === "FATAL" || error.severity === "PANIC")) return true;
  return isConnectionLost(error.cause);
}
