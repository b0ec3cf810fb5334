import { restPath } from "#lib/model/naming/restPath.ts";
import type { Resource } from "#lib/model/types.ts";
import type { Explanation } from "#lib/plan/access/Explanation.ts";
import { actAsHeader } from "./actAsHeader.ts";
import type { TesterSession } from "./TesterSession.ts";

/** A record as the API shows it. */
export type Row = Readonly<Record<string, unknown>>;

/** Why the app did not do what was asked; its message is for people. */
export class TesterRefusal extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export interface RowPage {
  readonly rows: readonly Row[];
  readonly count: number;
}

type ActAs = Readonly<Record<string, unknown>>;

export const pageSize = 25;

/** Asks an app, straight from the browser: the rows go to nobody else. */
export class TesterClient {
  readonly #session: TesterSession;

  constructor(session: TesterSession) {
    this.#session = session;
  }

  /** As somebody, or, with null, everything that is there. */
  async rows(resource: Resource, as: ActAs | null): Promise<RowPage> {
    return await this.#list(resource, as, `page[size]=${pageSize}&count=exact`);
  }

  /** Those of the rows with the ids that they see. */
  async rowsOf(resource: Resource, as: ActAs | null, ids: readonly string[]): Promise<readonly Row[]> {
    if (ids.length === 0) return [];
    const among = ids.map(encodeURIComponent).join(",");
    const { rows } = await this.#list(resource, as, `page[size]=${pageSize}&filter[id][in]=${among}`);
    return rows;
  }

  async explain(question: {
    readonly resource: string;
    readonly action: string;
    readonly id: string;
    readonly actor: ActAs;
  }) {
    return (await this.#ask("/policies/explain", null, {
      method: "POST",
      body: JSON.stringify(question),
    })) as Explanation;
  }

  async #list(resource: Resource, as: ActAs | null, query: string): Promise<RowPage> {
    const answer = (await this.#ask(`/rest/v1/${restPath(resource)}?${query}`, as)) as {
      readonly data: readonly Row[];
      readonly count?: number;
    };
    return { rows: answer.data, count: answer.count ?? answer.data.length };
  }

  async #ask(path: string, as: ActAs | null, init: RequestInit = {}): Promise<unknown> {
    const { url, apiKey } = this.#session;
    const headers = new Headers({ authorization: `Bearer ${apiKey}`, "content-type": "application/json" });
    if (as) headers.set("gantry-act-as", actAsHeader(as));
    const response = await fetch(url + path, { ...init, headers }).catch(() => {
      throw new TesterRefusal(0, `The app does not answer at ${url}.`);
    });
    const body: unknown = await response.json().catch(() => null);
    if (!response.ok) throw new TesterRefusal(response.status, problemText(body));
    return body;
  }
}

/** What a problem document says, with its fields. */
export function problemText(body: unknown): string {
  const { detail, title, errors } = (body ?? {}) as {
    readonly detail?: string;
    readonly title?: string;
    readonly errors?: readonly { readonly field: string; readonly message: string }[];
  };
  const fields = (errors ?? []).map(({ field, message }) => `${field}: ${message}`);
  return [detail ?? title ?? "The app refused without saying why.", ...fields].join(" ");
}
