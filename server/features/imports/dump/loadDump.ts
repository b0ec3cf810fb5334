import postgres from "postgres";
import type { CopyIn } from "../../../copy/copyIn.ts";
import { copyIn } from "../../../copy/copyIn.ts";
import type { OtherReport } from "../ImportReport.ts";
import { refusal } from "../refusal.ts";
import type { WatchLimits } from "../scratch/watchScratch.ts";
import { watchScratch } from "../scratch/watchScratch.ts";
import type { Session, SessionAddress } from "../source/openSession.ts";
import { openSession } from "../source/openSession.ts";
import { commandNote } from "./commandNote.ts";
import type { DumpLimits } from "./readDump.ts";
import { readDump } from "./readDump.ts";
import type { DumpPart, Statement } from "./splitDump.ts";
import { splitDump } from "./splitDump.ts";
import { treatmentOf } from "./treatment.ts";

export interface LoadLimits extends WatchLimits, DumpLimits {
  readonly statementSeconds: number;
  readonly maxTables: number;
}

export const loadLimits: LoadLimits = {
  maxBytes: 2 * 1024 ** 3,
  maxDatabaseBytes: 4 * 1024 ** 3,
  deadlineSeconds: 30 * 60,
  statementSeconds: 10 * 60,
  maxTables: 1000,
};

/** Answers to statements are short, and nothing that a dump selects is wanted. */
const answerBytes = 4 * 1024 * 1024;

/**
 * Runs a dump in its scratch database, statement by statement. Answers what was left out; throws a public sentence
 * with the line when the dump cannot be loaded.
 */
export async function loadDump(
  path: string,
  scratch: SessionAddress,
  { limits = loadLimits, onBytes }: { readonly limits?: LoadLimits; readonly onBytes?: (bytes: number) => void } = {},
): Promise<readonly OtherReport[]> {
  await using watch = watchScratch(scratch.database, limits);
  await using session = openSession(scratch, { receive: answerBytes });
  const loader = new Loader(session, limits);
  const chunks = readDump(path, { ...limits, ...(onBytes ? { onBytes } : {}) });
  try {
    for await (const part of splitDump(chunks)) {
      await loader.take(part);
      if (watch.reason !== null) throw new Error("The sessions were ended.");
    }
    await loader.end();
    return loader.notes();
  } catch (cause) {
    if (watch.reason !== null) throw refusal(`The dump could not be loaded. ${watch.reason}`, cause);
    if (session.guard.exceeded)
      throw refusal(`Line ${loader.line} of the dump gives back more data than a dump does: import data only.`, cause);
    throw cause;
  }
}

class Loader {
  readonly #session: Session;
  readonly #limits: LoadLimits;
  readonly #skipped = new Map<string, number>();
  readonly #notes: OtherReport[] = [];
  #rows: { readonly statement: Statement; readonly target: CopyIn } | null = null;
  #tables = 0;
  #inTransaction = false;
  #done = 0;
  line = 1;

  constructor(session: Session, limits: LoadLimits) {
    this.#session = session;
    this.#limits = limits;
  }

  async take(part: DumpPart): Promise<void> {
    this.#session.guard.expect();
    switch (part.kind) {
      case "statement":
        this.line = part.line;
        return this.#statement(part);
      case "rows":
        return this.#take((target) => target.write(part.text));
      case "endOfRows":
        await this.#take((target) => target.end());
        this.#rows = null;
        return;
      case "command": {
        this.line = part.line;
        const note = commandNote(part.text, part.line);
        if (note) this.#notes.push(note);
        return;
      }
    }
  }

  async #take(work: (target: CopyIn) => Promise<void>): Promise<void> {
    if (!this.#rows) return;
    const { statement, target } = this.#rows;
    try {
      await work(target);
    } catch (cause) {
      throw explain(statement, cause, false);
    }
  }

  notes(): readonly OtherReport[] {
    const skipped = [...this.#skipped].map(
      ([topic, count]): OtherReport => ({
        kind: "statement",
        name: topic,
        message: `${count === 1 ? "One statement was" : `${count} statements were`} left out: this is no part of an app.`,
      }),
    );
    return [...this.#notes, ...skipped];
  }

  /** What is left open at the end counts, as for whoever wrote it. */
  async end(): Promise<void> {
    if (this.#inTransaction) await this.#session.sql.unsafe("COMMIT").simple();
  }

  async #statement(statement: Statement): Promise<void> {
    const treatment = treatmentOf(statement);
    switch (treatment.kind) {
      case "skip":
        if (treatment.topic) this.#skipped.set(treatment.topic, (this.#skipped.get(treatment.topic) ?? 0) + 1);
        return;
      case "refuse":
        throw refusal(`Line ${statement.line} of the dump cannot be run: ${treatment.reason}. ${excerpt(statement)}`);
      case "try":
        return this.#try(statement, treatment.report);
      case "transaction":
        this.#inTransaction = treatment.open;
        await this.#session.sql.unsafe(treatment.open ? "BEGIN" : statement.text).simple();
        return;
      case "run":
        return this.#run(statement);
    }
  }

  async #run(statement: Statement): Promise<void> {
    const { words } = statement;
    if (words[0] === "create" && words.slice(1, 4).includes("table") && ++this.#tables > this.#limits.maxTables)
      throw refusal(`The dump makes more than ${this.#limits.maxTables} tables, which is more than an app can have.`);
    try {
      if (statement.isCopy) this.#rows = { statement, target: await copyIn(this.#session.sql, statement.text) };
      else await this.#session.sql.unsafe(withoutRows(statement)).simple();
      this.#done++;
    } catch (cause) {
      throw explain(statement, cause, this.#done === 0);
    }
  }

  async #try(statement: Statement, kind: OtherReport["kind"] | null): Promise<void> {
    const text = withoutOwner(statement);
    try {
      // A statement that fails would take the transaction around it with it.
      if (this.#inTransaction) await this.#session.sql.unsafe("SAVEPOINT gantry").simple();
      await this.#session.sql.unsafe(text).simple();
      this.#done++;
    } catch (cause) {
      if (!(cause instanceof postgres.PostgresError) || isEnd(cause)) throw cause;
      if (this.#inTransaction) await this.#session.sql.unsafe("ROLLBACK TO gantry").simple();
      // A schema or a thing to drop that is there, or is not, is what was wanted.
      if (kind === null || /^(?:42P06|42710)$/.test(cause.code)) return;
      this.#notes.push({
        kind,
        name: excerpt(statement),
        message: `Line ${statement.line} was left out: ${cause.message}.`,
      });
    }
  }
}

/** What a SELECT answers stays on the server. */
function withoutRows({ words, text }: Statement): string {
  if (words[0] !== "select" && words[0] !== "with") return text;
  const tag = `$gantry_${Math.random().toString(36).slice(2)}$`;
  return `DO ${tag} BEGIN PERFORM * FROM (${text}\n) AS result; END ${tag}`;
}

/** `CREATE SCHEMA x AUTHORIZATION y` names a role that is not here. */
function withoutOwner({ words, text }: Statement): string {
  return words[1] === "schema" && words[0] === "create" ? text.replace(/\s+AUTHORIZATION\s+\S+$/i, "") : text;
}

/** Sessions that were ended from outside. */
function isEnd(error: postgres.PostgresError): boolean {
  return error.code === "57P01";
}

function explain(statement: Statement, cause: unknown, isFirst: boolean): unknown {
  if (!(cause instanceof postgres.PostgresError) || isEnd(cause)) return cause;
  if (isFirst && cause.code === "42601")
    return refusal(
      `This is not an SQL dump of a PostgreSQL database: line ${statement.line} is no SQL. Make one with pg_dump.`,
      cause,
    );
  return refusal(sentenceFor(statement, cause), cause);
}

function sentenceFor(statement: Statement, { code, message, where }: postgres.PostgresError): string {
  const row = /line (\d+)/.exec(where ?? "")?.[1];
  const line = statement.isCopy && row ? `${statement.line + Number(row)}` : `${statement.line}`;
  const said = `Line ${line} of the dump failed: ${message}. ${excerpt(statement)}`;
  if (code === "42501") return `${said} A dump may only make and fill tables of its own.`;
  if (code === "57014") return `${said} It took too long.`;
  return said;
}

/** The beginning of a statement, so that it can be found. */
function excerpt({ text }: Statement): string {
  const line = text.slice(0, 400).replace(/\s+/g, " ").trim();
  return line.length > 100 ? `${line.slice(0, 100).toWellFormed()}…` : line;
}
