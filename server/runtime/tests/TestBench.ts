import type { TestRunSpec } from "#lib/compile/TestRun.ts";
import { AppError } from "#lib/errors/AppError.ts";
import type { AppTest, TestDeed, TestResult } from "#lib/model/testTypes.ts";
import type { Model } from "#lib/model/types.ts";
import type { Database, Session } from "../exec/Database.ts";
import { failureKind } from "../exec/failureKinds.ts";
import { App } from "../host/App.ts";
import { Environment } from "../host/Environment.ts";
import { logDefect } from "../log.ts";
import { actorOfTest } from "./actorOfTest.ts";
import { GivenRows } from "./GivenRows.ts";
import { narrowedModel } from "./narrowedModel.ts";
import { type Outcome, performDeed } from "./performDeed.ts";
import { resetSequences, storeRows } from "./storeRows.ts";
import { TestFailure } from "./TestFailure.ts";
import { whyUnexpected } from "./whyUnexpected.ts";

/** One test that takes longer has failed. */
const testMilliseconds = 10_000;

export interface BenchParts extends Pick<TestRunSpec, "model" | "databaseUrl" | "encryption"> {
  readonly database: Database;
  /** Of the database; they begin anew with each test. */
  readonly sequences: readonly string[];
}

/** Runs tests against one model, each in a transaction that is undone. */
export class TestBench {
  readonly #parts: BenchParts;
  readonly #environment: Environment;
  /** With a read more, by what that answers. */
  readonly #narrowed = new Map<string, Narrowed>();

  constructor(parts: BenchParts) {
    this.#parts = parts;
    this.#environment = environmentOf(parts, parts.model);
  }

  /** Rejects where the database cannot be reached; everything else is the test's result. */
  async run(id: string, test: AppTest): Promise<TestResult> {
    const began = performance.now();
    const reason = await this.#reasonOf(id, test);
    const milliseconds = Math.round((performance.now() - began) * 10) / 10;
    return { id, state: reason === null ? "passed" : "failed", milliseconds, ...(reason !== null && { reason }) };
  }

  async #reasonOf(id: string, test: AppTest): Promise<string | null> {
    const { database } = this.#parts;
    try {
      return await database.transaction<never>(async (session) => {
        throw new Undone(await this.#judge(test, session));
      });
    } catch (error) {
      if (error instanceof Undone) return error.reason;
      if (error instanceof TestFailure) return error.message;
      if (isGone(error)) throw error;
      logDefect("A test of an app could not be run.", error, { test: id });
      return "It could not be run, for a reason that is not the app's.";
    }
  }

  async #judge(asked: AppTest, open: Session): Promise<string | null> {
    const session = timed(open);
    const { environment, deed } = this.#place(asked);
    const test = { ...asked, do: deed };
    const rows = new GivenRows(environment, test);
    await resetSequences(session, this.#parts.sequences);
    await storeRows(session, rows);
    const run = environment.runWithin(session, { prepare: false });
    const actor = await actorOfTest(test.as, { app: environment.app, run, rows });
    const outcome = await undoing(session, () => performDeed(test, { app: environment.app, run, rows, actor }));
    return whyUnexpected(test, outcome, { catalog: environment.app.catalog, rows });
  }

  #place({ do: deed }: AppTest): { readonly environment: Environment; readonly deed: TestDeed } {
    if (deed.kind !== "list" || deed.where === undefined) return { environment: this.#environment, deed };
    const key = JSON.stringify([deed.resource, deed.action, deed.where]);
    let known = this.#narrowed.get(key);
    if (!known) {
      const { model, action } = narrowedModel(this.#parts.model, deed, deed.where);
      known = { environment: environmentOf(this.#parts, model), action };
      this.#narrowed.set(key, known);
    }
    const { where: _where, ...rest } = deed;
    return { environment: known.environment, deed: { ...rest, action: known.action } };
  }
}

interface Narrowed {
  readonly environment: Environment;
  readonly action: string;
}

function environmentOf({ databaseUrl, encryption, database }: BenchParts, model: Model): Environment {
  const release = { id: "tests", label: "tests", release: 0, commit: "", databaseUrl, apiKeys: [] };
  const spec = { ...release, ...(encryption && { encryption }) };
  return new Environment({ spec, app: new App({ hash: "", model }), database });
}

/** What is refused leaves the transaction as it was before. */
async function undoing(session: Session, deed: () => Promise<Outcome>): Promise<Outcome> {
  await session.answer(statement("SAVEPOINT deed"));
  try {
    return await deed();
  } catch (error) {
    if (!(error instanceof AppError) || error.code === "unavailable") throw error;
    await session.answer(statement("ROLLBACK TO SAVEPOINT deed"));
    if (error.status >= 500 && error.code !== "timed_out") throw error;
    return { kind: "refused", error };
  }
}

const statement = (text: string) => ({ text, parameters: [], prepare: false });

/** The same session for as long as a test may take. */
function timed(session: Session): Session {
  const until = performance.now() + testMilliseconds;
  return {
    answer(call) {
      if (performance.now() < until) return session.answer(call);
      throw new TestFailure(`It took longer than ${testMilliseconds / 1000} seconds.`);
    },
  };
}

/** Whether the database is, which says nothing of the test. */
function isGone(error: unknown): boolean {
  const kind = failureKind(error instanceof AppError ? error.cause : error);
  return kind === "lost" || kind === "unreachable" || kind === "full";
}

class Undone extends Error {
  readonly reason: string | null;

  constructor(reason: string | null) {
    super("The test is over.");
    this.reason = reason;
  }
}
