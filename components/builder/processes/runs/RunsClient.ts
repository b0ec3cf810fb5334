import { kebabCase } from "#lib/model/naming/kebabCase.ts";
import type { Process } from "#lib/model/processTypes.ts";
import type { StepNote } from "#lib/model/runs/StepNote.ts";
import type { JsonValue } from "#lib/model/types.ts";
import { problemText } from "../../policies/tester/TesterClient.ts";
import type { TesterSession } from "../../policies/tester/TesterSession.ts";
import type { StepTrace } from "../flow/StepTrace.ts";
import type { RunStatus, ShownRun, WholeRun } from "./ShownRun.ts";

interface RunPage {
  readonly runs: readonly ShownRun[];
  /** Null: there are no more. */
  readonly next: string | null;
}

interface RunsAsked {
  readonly process: string | null;
  readonly status: RunStatus | null;
  readonly size: number;
}

type AnsweredStep = Omit<StepNote, "scope"> & { readonly path: string };

interface StepPage {
  readonly data: readonly AnsweredStep[];
  readonly page: { readonly next: string | null };
}

/** Most pages of steps that are shown of one run. */
const mostPages = 10;

/** Asks an app for its runs, straight from the browser: what they hold goes to nobody else. */
export class RunsClient {
  readonly #session: TesterSession;

  constructor(session: TesterSession) {
    this.#session = session;
  }

  async list({ process, status, size }: RunsAsked): Promise<RunPage> {
    const query = new URLSearchParams({ "page[size]": String(size) });
    if (process !== null) query.set("process", process);
    if (status !== null) query.set("status", status);
    const answer = (await this.#ask(`/runs?${query}`)) as {
      readonly data: readonly ShownRun[];
      readonly page: { readonly next: string | null };
    };
    return { runs: answer.data, next: answer.page.next };
  }

  async find(id: string): Promise<WholeRun> {
    return await this.#whole(`/runs/${id}`);
  }

  /** Lets it go on from the step that failed. */
  async retry(id: string): Promise<WholeRun> {
    return await this.#whole(`/runs/${id}/retry`, "POST");
  }

  async cancel(id: string): Promise<WholeRun> {
    return await this.#whole(`/runs/${id}/cancel`, "POST");
  }

  /** Begins a run. */
  async start(process: string, input: Readonly<Record<string, JsonValue>>): Promise<ShownRun> {
    return (await this.#ask(`/processes/${kebabCase(process)}`, "POST", input)) as ShownRun;
  }

  async #whole(path: string, method: "GET" | "POST" = "GET"): Promise<WholeRun> {
    const answer = (await this.#ask(path, method)) as Omit<ShownRun, never> & {
      readonly steps: StepPage;
      readonly definition: Process;
    };
    const steps = [...answer.steps.data];
    let { next } = answer.steps.page;
    for (let page = 1; next !== null && page < mostPages; page++) {
      const query = new URLSearchParams({ "page[size]": "200", "page[after]": next });
      const more = (await this.#ask(`/runs/${answer.id}/steps?${query}`)) as StepPage;
      steps.push(...more.data);
      next = more.page.next;
    }
    return { ...answer, steps: steps.map(traceOf) };
  }

  async #ask(path: string, method: "GET" | "POST" = "GET", body?: unknown): Promise<unknown> {
    const { url, apiKey } = this.#session;
    const response = await fetch(url + path, {
      method,
      headers: { authorization: `Bearer ${apiKey}`, "content-type": "application/json" },
      credentials: "omit",
      cache: "no-store",
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }).catch(() => {
      throw new Error(`The app does not answer at ${url}.`);
    });
    const answer: unknown = await response.json().catch(() => null);
    if (!response.ok) throw new Error(problemText(answer));
    return answer;
  }
}

/** The path of a step is its scope and its name. */
function traceOf({ path, ...step }: AnsweredStep): StepTrace {
  return { ...step, scope: path.slice(0, path.length - step.name.length) };
}
