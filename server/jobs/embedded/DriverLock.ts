import type postgres from "postgres";

/**
 * A lock in the database that lives exactly as long as this driver's connection. Another driver that gets it
 * knows this one to be dead, and need not wait for its leases to run out.
 */
export class DriverLock {
  readonly id: string;
  readonly #sql: postgres.Sql;
  #connection: postgres.ReservedSql | undefined;

  constructor(sql: postgres.Sql, id: string) {
    this.#sql = sql;
    this.id = id;
  }

  /** Takes the lock, again where the connection was lost. */
  async hold(): Promise<void> {
    if (this.#connection) {
      try {
        await this.#connection`select 1`;
        return;
      } catch {
        this.#connection = undefined;
      }
    }
    const connection = await this.#sql.reserve();
    await connection`select pg_advisory_lock(hashtextextended(${this.id}, 0))`;
    this.#connection = connection;
  }

  /** How many calls were leased by drivers that are no more. */
  async freeLeasesOfTheDead(): Promise<number> {
    const connection = this.#connection;
    if (!connection) return 0;
    const owners = await connection<{ id: string }[]>`
      select distinct split_part(leased_by, '/', 1) as id from job_queue
      where leased_by is not null and leased_by not like ${`${this.id}/%`}`;
    let freed = 0;
    for (const { id } of owners) {
      const [lock] = await connection<{ dead: boolean }[]>`
        select pg_try_advisory_lock(hashtextextended(${id}, 0)) as dead`;
      if (!lock?.dead) continue;
      const rows = await connection`
        update job_queue set leased_by = null, leased_until = null where leased_by like ${`${id}/%`} returning run_id`;
      freed += rows.length;
      await connection`select pg_advisory_unlock(hashtextextended(${id}, 0))`;
    }
    return freed;
  }

  async release(): Promise<void> {
    const connection = this.#connection;
    this.#connection = undefined;
    if (!connection) return;
    await connection`select pg_advisory_unlock_all()`.catch(() => undefined);
    connection.release();
  }
}
