import type { Users } from "../Users.ts";
import { Attempts, guessesFromAnywhere, guessesFromNetwork, type Subject } from "./Attempts.ts";

/**
 * Counts a guess at what an account is signed in to with; throws RateLimitError while there is a pause. Who guesses from
 * a network that the account was used from is bounded by that network alone: whatever others try elsewhere, it goes on
 * from there. Answers what is to be called when the guess was right.
 */
export async function beginGuess(users: Users, address: string, network: string): Promise<() => Promise<void>> {
  const here: Subject = { rule: guessesFromNetwork, of: [address, network] };
  const anywhere: Subject = { rule: guessesFromAnywhere, of: [address] };
  const isKnown = await users.own(async (sql) => {
    const rows = await sql`
      select 1 as one from gantry_sessions s join gantry_accounts a on a.id = s.account
      where a.email = ${address} and s.address = ${network} limit 1`;
    return rows.length > 0;
  });
  const attempts = new Attempts(users.environment.database);
  await attempts.begin(isKnown ? [here] : [here, anywhere]);
  return () => attempts.succeeded([here]);
}
