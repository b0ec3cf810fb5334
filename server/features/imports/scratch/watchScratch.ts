import { ownerConnection } from "./ScratchDatabase.ts";

export interface WatchLimits {
  readonly maxDatabaseBytes: number;
  readonly deadlineSeconds: number;
}

export interface ScratchWatch extends AsyncDisposable {
  /** Why the sessions were ended; null while all is well. */
  readonly reason: string | null;
}

const lookMilliseconds = 400;

/** Ends the sessions of a scratch database that grows too large or takes too long, whatever they have set themselves. */
export function watchScratch(name: string, limits: WatchLimits): ScratchWatch {
  const sql = ownerConnection();
  const until = Date.now() + limits.deadlineSeconds * 1000;
  let reason: string | null = null;
  let timer: NodeJS.Timeout | undefined;
  let looking = Promise.resolve();
  let isOver = false;
  const look = async () => {
    const [row] = await sql<{ bytes: string | null }[]>`
      select pg_database_size(oid) as bytes from pg_database where datname = ${name}`;
    reason ??= reasonToEnd(Number(row?.bytes ?? 0), Date.now() > until, limits);
    if (reason !== null) await sql`select pg_terminate_backend(pid) from pg_stat_activity where usename = ${name}`;
  };
  const plan = () => {
    timer = setTimeout(() => {
      // A look that fails is made up for by the next; without the server the dump does not run either.
      looking = look()
        .catch(() => undefined)
        .then(() => (isOver ? undefined : plan()));
    }, lookMilliseconds);
  };
  plan();
  return {
    get reason() {
      return reason;
    },
    async [Symbol.asyncDispose]() {
      isOver = true;
      clearTimeout(timer);
      await looking;
      await sql.end({ timeout: 2 });
    },
  };
}

function reasonToEnd(
  bytes: number,
  isLate: boolean,
  { maxDatabaseBytes, deadlineSeconds }: WatchLimits,
): string | null {
  if (bytes > maxDatabaseBytes)
    return `It needs more than the ${Math.floor(maxDatabaseBytes / 1024 / 1024)} MB that an import may take.`;
  return isLate ? `It took longer than the ${deadlineSeconds} seconds that an import may take.` : null;
}
