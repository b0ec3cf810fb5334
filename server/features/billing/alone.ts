import { sql } from "drizzle-orm";
import { database, type Transaction } from "../../database.ts";

/** So many at most wait for Stripe with a connection in their hands: the others are for everybody else. */
const mostAtOnce = 3;

/** What is still to be done at the end of a transaction. */
const ends = new WeakMap<Transaction, (() => Promise<void>)[]>();

/** At the end of `alone`: for what keeps others waiting, and is not to do so while Stripe is asked. */
export function lastly(transaction: Transaction, work: () => Promise<void>): void {
  ends.set(transaction, [...(ends.get(transaction) ?? []), work]);
}

let running = 0;
const waiting: (() => void)[] = [];

/**
 * Whoever reads from Stripe and writes down what it says, or changes something there, does so alone for that
 * organisation, in this process and all others: so what was read last is also what was written last.
 */
export async function alone<Result>(
  organisationId: string,
  work: (transaction: Transaction) => Promise<Result>,
): Promise<Result> {
  if (running >= mostAtOnce) await new Promise<void>((resolve) => waiting.push(resolve));
  else running += 1;
  try {
    return await database().transaction(async (transaction) => {
      await transaction.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`billing:${organisationId}`}, 0))`);
      const result = await work(transaction);
      for (const last of ends.get(transaction) ?? []) await last();
      return result;
    });
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }
}
