/** What a tag of the document is called; one for each noun. */
export const tags = {
  Account: "Who the token acts as, and its tokens.",
  Organisations: "Organisations and who belongs to them.",
  Projects: "Apps, their repositories and their history.",
  Models: "An app's sources, and the indexes and tests in them.",
  Branches: "Branches, what they bring, merges, and the rules of where they go.",
  Environments: "Where an app runs, and how releases get there.",
  Deployments: "Releases: planned, deployed, decided about, rolled back.",
  Settings: "Keys, secrets, mail and addresses of an environment.",
  Backups: "Backups, restores and schedules.",
  Telemetry: "Figures, logs, slow statements and alerts.",
  Plans: "Plan, billing and what is used.",
  Security: "Sign-in, provisioning, tokens and the audit log of an organisation.",
} as const;

export type Tag = keyof typeof tags;

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** What the outcome of an operation is told by; 202: a job goes on with it. */
type Status = 200 | 201 | 202 | 204;

/** One operation of the REST API: a procedure at a path. */
export interface Route {
  readonly method: Method;
  /** Below `/api/v1`; `{names}` are inputs of the procedure, by `names` where those are called otherwise. */
  readonly path: string;
  readonly procedure: string;
  readonly operationId: string;
  readonly summary: string;
  readonly tag: Tag;
  /** 200 where none is named. */
  readonly status?: Status;
  /** By the name in the path, the input's. */
  readonly names?: Readonly<Record<string, string>>;
  /** Where what was made is to be had: a path with names of the path's own and of the answer's fields. */
  readonly location?: string;
  /** Inputs that only screens have a use for. */
  readonly omit?: readonly string[];
  /** Inputs that the path says itself. */
  readonly fixed?: Readonly<Record<string, unknown>>;
  /** How the page after an answer is asked for. */
  readonly page?: Page;
  /** What the operation is like to call, shown in the document; checked against the schema. */
  readonly example?: Readonly<Record<string, unknown>>;
}

/** The query field that names where the page after begins, and where the answer says it. */
export interface Page {
  readonly query: string;
  /** A field of the answer, null on the last page; or of its last entry, where the answer is a list. */
  readonly field: string;
  /** Of a list: the query field of how many there are at most, and what it is when not said. */
  readonly size?: { readonly query: string; readonly otherwise: number };
}

type Row = readonly [
  operation: `${Method} /${string}`,
  procedure: string,
  operationId: string,
  summary: string,
  rest?: Partial<Pick<Route, "status" | "names" | "location" | "omit" | "fixed" | "page" | "example">>,
];

/** Rows of one tag as routes. */
export function routesOf(tag: Tag, rows: readonly Row[]): Route[] {
  return rows.map(([operation, procedure, operationId, summary, rest = {}]) => {
    const [method, path] = operation.split(" ") as [Method, string];
    return { method, path, procedure, operationId, summary, tag, ...rest };
  });
}

/** Paths that many begin with. */
export const organisation = "/organisations/{organisation}" as const;
export const project = `${organisation}/projects/{project}` as const;
export const environment = `${project}/environments/{environment}` as const;
export const branch = `${project}/branches/{branch}` as const;
