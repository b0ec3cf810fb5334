import { setTimeout as pause } from "node:timers/promises";
import postgres from "postgres";

/**
 * Stops whatever process is about to note something in the control plane's database, so that it can be killed right
 * there. Moments are `step apply running`, `step apply done`, `rollout running 0`, `rollout promoted 1`, `switch rollback`,
 * `revision 7`.
 */
export interface Holds extends AsyncDisposable {
  /** The only moment that stops whoever comes to it from now on; null stops nobody. */
  set(moment: string | null): Promise<void>;
  /** Answers once somebody stands there. */
  reached(): Promise<void>;
  /** Lets whoever stands there go on. */
  release(): Promise<void>;
}

const key = 7_236_409;

export async function startHolds(databaseUrl: string): Promise<Holds> {
  const sql = postgres(databaseUrl, { max: 2, onnotice: () => {} });
  await sql.unsafe(`
    create table held_moments (name text);
    create function hold() returns trigger language plpgsql as $$
    declare moment text;
    begin
      moment := case tg_table_name
        when 'deployment_steps' then 'step ' || (to_jsonb(new) ->> 'name') || ' ' || (to_jsonb(new) ->> 'state')
        when 'rollouts' then 'rollout ' || (to_jsonb(new) ->> 'state') || ' ' || (to_jsonb(new) ->> 'step')
        when 'release_switches' then 'switch ' || (to_jsonb(new) ->> 'kind')
        else 'revision ' || (to_jsonb(new) ->> 'revision')
      end;
      if exists (select from held_moments where name = moment) then perform pg_advisory_xact_lock(${key}); end if;
      return new;
    end $$;
    create trigger hold before update on deployment_steps for each row execute function hold();
    create trigger hold before insert or update on rollouts for each row execute function hold();
    create trigger hold before insert on release_switches for each row execute function hold();
    create trigger hold before update on environments for each row execute function hold();`);
  const keeper = await sql.reserve();
  let isKept = false;
  const keep = async () => {
    if (!isKept) await keeper`select pg_advisory_lock(${key})`;
    isKept = true;
  };
  const free = async () => {
    if (isKept) await keeper`select pg_advisory_unlock(${key})`;
    isKept = false;
  };
  return {
    async set(moment) {
      await sql`delete from held_moments`;
      if (moment === null) return await free();
      await keep();
      await sql`insert into held_moments values (${moment})`;
    },
    async reached() {
      const waits = () => sql`
        select from pg_locks where locktype = 'advisory' and objid = ${key} and not granted
          and database = (select oid from pg_database where datname = current_database())`;
      while ((await waits()).length === 0) await pause(10);
    },
    release: free,
    async [Symbol.asyncDispose]() {
      keeper.release();
      await sql.end();
    },
  };
}
