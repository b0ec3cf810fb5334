import { createHash } from "node:crypto";
import type { Database } from "../../exec/Database.ts";
import { RateLimitError } from "../../http/limits/RateLimitError.ts";
import { present } from "../accounts/Accounts.ts";
import { own } from "../own.ts";

/** How often something may be tried before there are pauses, and how they grow. */
export interface AttemptRule {
  /** Of the answer's problem document. */
  readonly name: string;
  readonly free: number;
  /** Seconds; the first pause is two seconds, and each further one twice as long. */
  readonly longestPause: number;
  /** Seconds after which all is forgotten. */
  readonly memory: number;
}

export interface Subject {
  readonly rule: AttemptRule;
  /** Whom it is about, such as an address of mail and a network address. */
  readonly of: readonly string[];
}

const hour = 60 * 60;

/** Guesses at one account from one network. */
export const guessesFromNetwork: AttemptRule = { name: "sign-in", free: 5, longestPause: 900, memory: 24 * hour };
/** Guesses at one account from everywhere but the networks that it was used from: slowed down, never stopped. */
export const guessesFromAnywhere: AttemptRule = { name: "sign-in", free: 50, longestPause: 30, memory: hour };
/** Mails to one address. */
export const mailsToAddress: AttemptRule = { name: "mail", free: 5, longestPause: 900, memory: hour };

/**
 * Counts what is tried before it is known what comes of it, so that many at a time are no way around. Kept in the
 * environment's database, so that it holds in all runtimes; for addresses without an account as for those with one.
 */
export class Attempts {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Counts one; throws RateLimitError while there is a pause, which then gets no longer. */
  async begin(subjects: readonly Subject[]): Promise<void> {
    const refused = await own(this.#database, async (sql) => {
      await sql`
        delete from gantry_attempts where key in
          (select key from gantry_attempts where at < now() - interval '24 hours' order by at limit 10 for update skip locked)`;
      const found: { readonly key: string; readonly rule: AttemptRule; readonly count: number }[] = [];
      // In one order, so that two at a time cannot wait for each other.
      // By the clock: whoever waited for the row began before it was written.
      for (const { key, rule } of subjects.map(keyed).sort((one, other) => (one.key < other.key ? -1 : 1))) {
        await sql`insert into gantry_attempts (key, count) values (${key}, 0) on conflict (key) do nothing`;
        const rows = await sql<{ pause: number; count: number }[]>`
          select ceil(extract(epoch from paused_until - clock_timestamp()) * 1000)::integer as pause,
            case when at < now() - make_interval(secs => ${String(rule.memory)}) then 0 else count end as count
          from gantry_attempts where key = ${key} for update`;
        const { pause, count } = present(rows[0]);
        if (pause > 0) return { rule, pause };
        found.push({ key, rule, count });
      }
      for (const { key, rule, count } of found) {
        const over = count + 1 - rule.free;
        const pause = over < 0 ? 0 : Math.min(2 ** Math.min(over + 1, 20), rule.longestPause);
        await sql`
          update gantry_attempts set count = ${String(count + 1)}, at = clock_timestamp(),
            paused_until = clock_timestamp() + make_interval(secs => ${String(pause)})
          where key = ${key}`;
      }
      return null;
    });
    if (refused) throw new RateLimitError([refused.rule.name], refused.pause);
  }

  /** It was right: what was counted against these counts no longer. */
  async succeeded(subjects: readonly Subject[]): Promise<void> {
    const keys = subjects.map((subject) => keyed(subject).key);
    await own(this.#database, async (sql) => {
      for (const key of keys) await sql`delete from gantry_attempts where key = ${key}`;
    });
  }
}

/** The table tells nobody's address. */
function keyed({ rule, of }: Subject) {
  const key = createHash("sha256")
    .update(JSON.stringify([rule.name, rule.free, ...of]))
    .digest("base64url");
  return { key, rule };
}
