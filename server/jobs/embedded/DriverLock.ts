import { randomUUID } from "node:crypto";
import postgres from "postgres";

/**
 * A lock in the database that lives exactly as long as this driver's connection. Another driver that gets it
 * knows this one to be dead, and need not wait for its leases to run out.
 */
export class DriverLock {
  readonly id: string = randomUUID();
  // Of its own: a connection taken out of a pool (`reserve`) ends the whole process where it is cut between two queries.
  readonly #sql: postgres.Sql;
  #isWanted = false;

  constructor(databaseUrl: string) {
    this.#sql = postgres(databaseUrl, {
      max: 1,
      max_lifetime: null,
      backoff: () => 0.5,
      onnotice: () => {},
      onclose: () => this.#holdAgain(),
      // The server may not have noticed yet that the former connection is gone; trying again later will do.
      connection: { lock_timeout: 5000 },
    });
  }

  /** Takes the lock, unless this connection has it: every taking would ask for a giving back of its own. */
  async hold(): Promise<void> {
    this.#isWanted = true;
    await this.#sql`
      select pg_advisory_lock(key) from (select hashtextextended(${this.id}, 0) as key) lock
      where not exists (
        select from pg_locks
        where locktype = 'advisory' and pid = pg_backend_pid() and objsubid = 1
          and (classid::bigint << 32) | objid::bigint = key)`;
  }

  /** How many calls were leased by drivers that are no more. */
  async freeLeasesOfTheDead(): Promise<number> {
    // The locks end with the statement.
    const freed = await this.#sql`
      with owners as materialized (
        select distinct split_part(leased_by, '/', 1) as id from job_queue
        where leased_by is not null and leased_by not like ${`${this.id}/%`}
      ), dead as materialized (
        select id from owners where pg_try_advisory_xact_lock(hashtextextended(id, 0))
      )
      update job_queue set leased_by = null, leased_until = null
      from dead where split_part(leased_by, '/', 1) = dead.id`;
    return freed.count;
  }

  async release(): Promise<void> {
    this.#isWanted = false;
    await this.#sql.end({ timeout: 1 });
  }

  /** At once: until the lock is held again, other drivers take this one for dead. */
  #holdAgain(): void {
    if (!this.#isWanted) return;
    // The client is still busy with the end of its connection. Where this fails, the connection's end comes here again.
    setImmediate(() => {
      if (this.#isWanted) this.hold().catch(() => {});
    });
  }
}
