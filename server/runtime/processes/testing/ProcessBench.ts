import { createHash, randomBytes } from "node:crypto";
import type postgres from "postgres";
import { canonicalJson } from "#lib/compile/canonicalJson.ts";
import type { EnvironmentSpec } from "#lib/compile/Snapshot.ts";
import type { JsonValue, Model } from "#lib/model/types.ts";
import { modelDatabase } from "#tests/support/modelDatabase.ts";
import { Database } from "../../exec/Database.ts";
import { App } from "../../host/App.ts";
import { Environment } from "../../host/Environment.ts";
import type { RunStart } from "../RunStart.ts";
import { advanceDue } from "../runPump.ts";
import { nextMoment } from "../runRows.ts";
import { startRun } from "../startRun.ts";

/** Processes on a database of their own, gone on with as a test says. */
export class ProcessBench implements AsyncDisposable {
  readonly environment: Environment;
  readonly sql: postgres.Sql;
  readonly url: string;
  readonly #end: () => Promise<void>;

  private constructor(environment: Environment, held: Awaited<ReturnType<typeof modelDatabase>>) {
    this.environment = environment;
    this.sql = held.sql;
    this.url = held.url;
    this.#end = async () => held[Symbol.asyncDispose]();
  }

  static async of(model: Model): Promise<ProcessBench> {
    const held = await modelDatabase(model);
    return new ProcessBench(environmentOf(model, held.url), held);
  }

  async start(process: string, input: RunStart["input"] = {}, given: Partial<RunStart> = {}): Promise<string> {
    const start: RunStart = { process, input, cause: { kind: "call", id: null, depth: 0 }, key: null, ...given };
    const { id } = await this.environment.database.own((sql) =>
      startRun(sql, { environment: this.environment, start }),
    );
    return id;
  }

  /** Goes on with all runs until nothing is due. */
  async advance(signal = new AbortController().signal): Promise<void> {
    const { environment } = this;
    for (;;) {
      await advanceDue({ environment, signal });
      // As the engine does, looks again where the clock has not come to a moment yet that is about to be.
      const next = signal.aborted ? null : await nextMoment(environment.database);
      if (!next || next.getTime() > Date.now() + 1000) return;
    }
  }

  /** Begins a run and goes on with it as far as it gets. */
  async run(process: string, input: RunStart["input"] = {}): Promise<RunRow> {
    const id = await this.start(process, input);
    await this.advance();
    return this.row(id);
  }

  async row(id: string): Promise<RunRow> {
    const [row] = await this.sql`SELECT status, output, error, wake_at FROM gantry_runs WHERE id = ${id}`;
    if (!row) throw new Error("There is no such run.");
    const json = (text: string | null): JsonValue => (text === null ? null : JSON.parse(text));
    return { id, status: row.status, output: json(row.output), error: json(row.error), wakeAt: row.wake_at };
  }

  /** The steps of a run by their paths, as `status` or `status result`. */
  async steps(id: string): Promise<Record<string, string>> {
    const rows = await this.sql`SELECT scope || name AS path, status, result, attempt FROM gantry_steps
      WHERE run = ${id} ORDER BY number NULLS LAST, path`;
    return Object.fromEntries(
      rows.map(({ path, status, result }) => [path, result === null ? status : `${status} ${result}`]),
    );
  }

  /** The texts of the log that the steps write, in their order. */
  async entries(): Promise<readonly string[]> {
    return (await this.sql`SELECT text FROM entries ORDER BY id`).map(({ text }) => text);
  }

  /** As if so much time had gone by: all that is noted was so much earlier. */
  async pass(interval: string): Promise<void> {
    await this.sql.begin(async (sql) => {
      await sql`UPDATE gantry_runs SET wake_at = wake_at - ${interval}::interval, deadline = deadline - ${interval}::interval,
        created_at = created_at - ${interval}::interval, started_at = started_at - ${interval}::interval,
        ended_at = ended_at - ${interval}::interval`;
      await sql`UPDATE gantry_waits SET until = until - ${interval}::interval`;
      await sql`UPDATE gantry_steps SET started_at = started_at - ${interval}::interval,
        attempt_at = attempt_at - ${interval}::interval, retry_at = retry_at - ${interval}::interval,
        state = CASE WHEN state LIKE '%"until"%' THEN json_build_object('until', to_char(
          ((state::json ->> 'until')::timestamptz - ${interval}::interval) AT TIME ZONE 'UTC',
          'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))::text ELSE state END`;
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.environment.database.close();
    await this.#end();
  }
}

interface RunRow {
  readonly id: string;
  readonly status: string;
  readonly output: JsonValue;
  readonly error: JsonValue;
  readonly wakeAt: string | null;
}

/** A release of an environment on a database. */
export function environmentOf(model: Model, url: string, more: Partial<EnvironmentSpec> = {}): Environment {
  const snapshot = { format: 1, hash: sha256(canonicalJson(model as unknown as JsonValue)), model } as const;
  const spec: EnvironmentSpec = {
    id: "bench",
    label: "bench",
    revision: 1,
    release: 1,
    commit: "c".repeat(40),
    snapshot,
    databaseUrl: url,
    apiKeys: [],
    encryption: { current: "test", keys: [{ id: "test", key: randomBytes(32).toString("base64url") }] },
    egress: { allow: ["127.0.0.1"] },
    ...more,
  };
  return new Environment({ spec, app: new App(snapshot), database: new Database(url) });
}

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
