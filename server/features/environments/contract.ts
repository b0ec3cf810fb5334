import { type Contract, planContracts } from "#lib/compile/schema/planContract.ts";
import { type LiveModel, releaseSchema } from "#lib/compile/schema/planModelSchema.ts";
import { questionKey } from "#lib/compile/schema/Question.ts";
import { AppError } from "#lib/errors/AppError.ts";
import { type OwnerSession, withLock, withOwnerSession } from "./EnvironmentDatabase.ts";
import { introspect } from "./introspect.ts";
import { answer } from "./planModel.ts";
import { finishPlan, makeRecords, startPlan } from "./records.ts";
import { runStep } from "./runStep.ts";

/** A retired part, and how many values (of a table: rows) deleting it deletes. */
export interface CountedContract extends Contract {
  readonly count: bigint;
}

/** What the release that serves has no longer, counted. */
export function retiredIn(adminUrl: string, live: LiveModel): Promise<readonly CountedContract[]> {
  return withOwnerSession(adminUrl, (sql) => readRetired(sql, live));
}

async function readRetired(sql: OwnerSession, live: LiveModel): Promise<readonly CountedContract[]> {
  const contracts = planContracts(await introspect(sql), releaseSchema(live));
  const answers = await answer(
    sql,
    contracts.map(({ question }) => question),
  );
  return contracts.map((contract) => ({
    ...contract,
    count: answers.get(questionKey(contract.question))?.count ?? 0n,
  }));
}

/** Both are asked while nobody else changes the tables, and throw where the part must not be deleted now. */
export interface ContractTerms {
  /** What the release that serves has. */
  readonly live: () => Promise<LiveModel>;
  readonly agree: (contract: CountedContract) => Promise<void>;
}

/** Deletes one retired part for good. */
export function contractPartOf(adminUrl: string, name: string, terms: ContractTerms): Promise<CountedContract> {
  return withLock(adminUrl, "schema", async (sql) => {
    await makeRecords(sql);
    const found = (await readRetired(sql, await terms.live())).find((contract) => contract.name === name);
    if (!found) throw new AppError("not_found", `Nothing retired is called ${name}.`);
    await terms.agree(found);
    const record = await startPlan(sql, [found.step]);
    await runStep(sql, record, found.step);
    await finishPlan(sql, record);
    return found;
  });
}
