// The part of a client that is the same for every app. It uses nothing but fetch.

/** How an app is reached. */
export interface Connection {
  /** The app's own address, such as `https://crm-production.example.com`. */
  readonly url: string;
  /** An API key or an access token; a function is asked before every request, and may have none. */
  readonly key?: string | (() => string | undefined | Promise<string | undefined>);
  readonly headers?: Readonly<Record<string, string>>;
  readonly fetch?: typeof globalThis.fetch;
}

export interface RequestOptions {
  readonly signal?: AbortSignal;
}

export interface ChangeOptions extends RequestOptions {
  /** A change that is sent again with the same key happens once. */
  readonly idempotencyKey?: string;
  /** Everything is done and checked, then undone. */
  readonly dryRun?: boolean;
  /** The version that the record must be at, where it has versions. */
  readonly version?: number;
}

export interface FieldProblem {
  readonly field: string;
  readonly rule: string;
  readonly message: string;
  readonly allowed?: readonly string[];
}

/** What the app refused, and why. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly status: number;
  /** Stable, such as `invalid_input`; `/docs/errors` of the app lists them all. */
  readonly code: string;
  /** Everything that is wrong at once. */
  readonly errors: readonly FieldProblem[];
  /** Seconds after which it is worth trying again; null where that is not said. */
  readonly retryAfter: number | null;

  constructor(response: Response, problem: Partial<Pick<Refusal, "code" | "errors">> & { readonly detail?: string }) {
    super(problem.detail ?? `The app answered ${response.status}.`);
    this.status = response.status;
    this.code = problem.code ?? "unknown";
    this.errors = problem.errors ?? [];
    const after = Number(response.headers.get("retry-after") ?? Number.NaN);
    this.retryAfter = Number.isFinite(after) ? after : null;
  }
}

/** What is known of a resource; it exists only while types are checked. */
export interface ResourceTypes {
  readonly key: string | number;
  readonly record: object;
  /** Calculations and aggregates, shown where `fields` names them. */
  readonly computed: object;
  /** The relationships by their names. */
  readonly one: object;
  readonly many: object;
  /** Names of those in `one` that may lead to nothing. */
  readonly optional: PropertyKey;
  readonly filter: object;
  readonly sort: string;
}

type FieldName<T extends ResourceTypes> = (keyof T["record"] | keyof T["computed"]) & string;
type RelationName<T extends ResourceTypes> = (keyof T["one"] | keyof T["many"]) & string;
type Target<T extends ResourceTypes, R> = R extends keyof T["one"]
  ? Extract<T["one"][R], ResourceTypes>
  : R extends keyof T["many"]
    ? Extract<T["many"][R], ResourceTypes>
    : never;
type Fields<T extends ResourceTypes> = readonly (FieldName<T> | "*")[];

/** What comes along: `true`, or what is shown of it. */
export type Include<T extends ResourceTypes> = {
  readonly [R in RelationName<T>]?: true | IncludeOptions<Target<T, R>>;
};

export interface IncludeOptions<T extends ResourceTypes> {
  readonly fields?: Fields<T>;
  readonly include?: Include<T>;
  /** Of lists: how many at most, and in which order. */
  readonly size?: number;
  readonly sort?: T["sort"] | readonly T["sort"][];
}

export interface Show<T extends ResourceTypes, F extends Fields<T> | undefined, I extends Include<T>> {
  /** What is shown of the record; `*` stands for all that is shown anyway. */
  readonly fields?: F;
  readonly include?: I & { readonly [R in Exclude<keyof I, RelationName<T>>]: never };
}

export interface ListQuery<T extends ResourceTypes, F extends Fields<T> | undefined, I extends Include<T>>
  extends Show<T, F, I> {
  readonly filter?: T["filter"];
  readonly sort?: T["sort"] | readonly T["sort"][];
  readonly page?: { readonly size?: number; readonly after?: string; readonly before?: string };
  /** Asks for the number of all that match. */
  readonly count?: boolean;
  /** Records that were destroyed and are kept. */
  readonly deleted?: "only" | "shown";
}

export type Shown<T extends ResourceTypes, F, I> = Chosen<T, F> & {
  readonly [R in keyof I & RelationName<T>]: Related<T, R, I[R]>;
};

type Chosen<T extends ResourceTypes, F> = F extends readonly (infer N)[]
  ? ("*" extends N ? T["record"] : unknown) & Pick<T["record"] & T["computed"], N & FieldName<T>>
  : T["record"];

type Related<T extends ResourceTypes, R, O> =
  | (R extends keyof T["many"] ? readonly ShownAs<Target<T, R>, O>[] : ShownAs<Target<T, R>, O>)
  | (R extends T["optional"] ? null : never);

type ShownAs<T extends ResourceTypes, O> = Shown<
  T,
  O extends { readonly fields: infer F } ? F : undefined,
  O extends { readonly include: infer I } ? I : unknown
>;

export interface Page<Item> {
  readonly data: readonly Item[];
  readonly page: { readonly next: string | null; readonly previous: string | null };
  /** Only where it was asked for. */
  readonly count?: number;
}

export interface Affected {
  readonly affected: number;
}

interface AnyQuery {
  readonly filter?: object | undefined;
  readonly sort?: string | readonly string[] | undefined;
  readonly fields?: readonly string[] | undefined;
  readonly include?: object | undefined;
  readonly page?: { readonly size?: number; readonly after?: string; readonly before?: string } | undefined;
  readonly count?: boolean | undefined;
  readonly deleted?: string | undefined;
  readonly arguments?: object | undefined;
}

/** `GET /deals` */
export function lister<T extends ResourceTypes>(path: string) {
  return <const F extends Fields<T> | undefined = undefined, const I extends Include<T> = Record<never, never>>(
    app: Connection,
    query: ListQuery<T, F, I> = {},
    options: RequestOptions = {},
  ): Promise<Page<Shown<T, F, I>>> => ask(app, `${path}${queryText(query)}`, options);
}

/** All records of a list, page by page. */
export function walker<T extends ResourceTypes>(path: string) {
  return async function* <
    const F extends Fields<T> | undefined = undefined,
    const I extends Include<T> = Record<never, never>,
  >(app: Connection, query: ListQuery<T, F, I> = {}, options: RequestOptions = {}): AsyncGenerator<Shown<T, F, I>> {
    let after = query.page?.after;
    do {
      const page = { ...query.page, ...(after === undefined ? {} : { after }) };
      const answer: Page<Shown<T, F, I>> = await ask(app, `${path}${queryText({ ...query, page })}`, options);
      yield* answer.data;
      after = answer.page.next ?? undefined;
    } while (after !== undefined);
  };
}

/** `GET /deals/{id}/activities` */
export function relatedLister<Key, T extends ResourceTypes>(path: string, relationship: string) {
  return <const F extends Fields<T> | undefined = undefined, const I extends Include<T> = Record<never, never>>(
    app: Connection,
    id: Key,
    query: ListQuery<T, F, I> = {},
    options: RequestOptions = {},
  ): Promise<Page<Shown<T, F, I>>> => ask(app, `${at(path, id)}/${relationship}${queryText(query)}`, options);
}

/** `GET /deals:above` */
export function namedLister<T extends ResourceTypes, Input>(path: string) {
  return <const F extends Fields<T> | undefined = undefined, const I extends Include<T> = Record<never, never>>(
    app: Connection,
    input: Input,
    query: ListQuery<T, F, I> = {},
    options: RequestOptions = {},
  ): Promise<Page<Shown<T, F, I>>> =>
    ask(app, `${path}${queryText({ ...query, arguments: input as object })}`, options);
}

/** `GET /deals/{id}` */
export function getter<T extends ResourceTypes>(path: string) {
  return <const F extends Fields<T> | undefined = undefined, const I extends Include<T> = Record<never, never>>(
    app: Connection,
    id: T["key"],
    show: Show<T, F, I> = {},
    options: RequestOptions = {},
  ): Promise<Shown<T, F, I>> => ask(app, `${at(path, id)}${queryText(show)}`, options);
}

/** `POST /deals`, `POST /deals:register` */
export function creator<T extends ResourceTypes, Input>(path: string) {
  return <const F extends Fields<T> | undefined = undefined, const I extends Include<T> = Record<never, never>>(
    app: Connection,
    input: Input,
    { fields, include, ...options }: Show<T, F, I> & ChangeOptions = {},
  ): Promise<Shown<T, F, I>> => send(app, "POST", `${path}${queryText({ fields, include })}`, { input, ...options });
}

/** `POST /deals` with a list: all or none. */
export function manyCreator<T extends ResourceTypes, Input>(path: string) {
  return (app: Connection, inputs: readonly Input[], options: ChangeOptions = {}): Promise<readonly T["record"][]> =>
    send(app, "POST", path, { input: inputs, ...options });
}

/** `PUT /deals?by=email`: creates the record or changes the one that is there. */
export function upserter<T extends ResourceTypes, Input, By extends string>(path: string) {
  return (app: Connection, by: By, input: Input, options: ChangeOptions = {}): Promise<T["record"]> =>
    send(app, "PUT", `${path}?by=${encodeURIComponent(by)}`, { input, ...options });
}

/** `PATCH /deals/{id}`, `POST /deals/{id}/win` */
export function changer<T extends ResourceTypes, Input>(path: string, action?: string) {
  const method = action === undefined ? "PATCH" : "POST";
  return <const F extends Fields<T> | undefined = undefined, const I extends Include<T> = Record<never, never>>(
    app: Connection,
    id: T["key"],
    input: Input,
    { fields, include, ...options }: Show<T, F, I> & ChangeOptions = {},
  ): Promise<Shown<T, F, I>> => {
    const end = action === undefined ? "" : `/${action}`;
    return send(app, method, `${at(path, id)}${end}${queryText({ fields, include })}`, { input, ...options });
  };
}

/** `DELETE /deals/{id}`, `POST /deals/{id}/scrap` */
export function destroyer<T extends ResourceTypes, Input = undefined>(path: string, action?: string) {
  return (app: Connection, id: T["key"], ...[input, options]: Given<Input>): Promise<void> => {
    const end = action === undefined ? "" : `/${action}`;
    return send(app, action === undefined ? "DELETE" : "POST", `${at(path, id)}${end}`, { input, ...options });
  };
}

type Given<Input> = Input extends undefined
  ? [input?: undefined, options?: ChangeOptions]
  : [input: Input, options?: ChangeOptions];

/** `POST /deals:win` with keys. */
export function severalChanger<T extends ResourceTypes, Input>(path: string) {
  return (app: Connection, ids: readonly T["key"][], input: Input, options: ChangeOptions = {}): Promise<Affected> =>
    send(app, "POST", path, { input: { ids, input }, ...options });
}

/** `PATCH /deals?filter…`: all that match, and no more than `maxAffected`; nothing is changed where there are more. */
export function manyChanger<T extends ResourceTypes, Input>(path: string) {
  return (
    app: Connection,
    filter: T["filter"],
    input: Input,
    options: ChangeOptions & { readonly maxAffected: number },
  ): Promise<Affected> => send(app, "PATCH", `${path}${queryText({ filter })}`, { input, ...options });
}

/** `DELETE /deals?filter…` */
export function manyDestroyer<T extends ResourceTypes>(path: string) {
  return (
    app: Connection,
    filter: T["filter"],
    options: ChangeOptions & { readonly maxAffected: number },
  ): Promise<Affected> => send(app, "DELETE", `${path}${queryText({ filter })}`, options);
}

/** `PUT /deals/{id}/contract`: the content of a file. */
export function fileSender<T extends ResourceTypes>(path: string, attribute: string) {
  return (app: Connection, id: T["key"], content: Blob, name: string, options: RequestOptions = {}): Promise<void> => {
    const headers = { "content-type": content.type || "application/octet-stream" };
    const url = `${at(path, id)}/${attribute}?name=${encodeURIComponent(name)}`;
    return request(app, url, { method: "PUT", headers, body: content, ...signalOf(options) }).then(() => undefined);
  };
}

/** `GET /deals/{id}/contract` */
export function fileFetcher<T extends ResourceTypes>(path: string, attribute: string) {
  return async (app: Connection, id: T["key"], options: RequestOptions = {}): Promise<Blob> =>
    (await request(app, `${at(path, id)}/${attribute}`, signalOf(options))).blob();
}

const at = (path: string, id: unknown) => `${path}/${encodeURIComponent(String(id))}`;

const signalOf = ({ signal }: RequestOptions) => (signal === undefined ? {} : { signal });

async function ask<Answer>(app: Connection, path: string, options: RequestOptions): Promise<Answer> {
  return (await request(app, path, signalOf(options))).json() as Promise<Answer>;
}

interface Sending extends ChangeOptions {
  readonly input?: unknown;
  readonly maxAffected?: number;
}

async function send<Answer>(app: Connection, method: string, path: string, sending: Sending): Promise<Answer> {
  const { input, idempotencyKey, dryRun, version, maxAffected } = sending;
  const preferred = [
    dryRun ? "tx=rollback" : [],
    maxAffected === undefined ? [] : `max-affected=${maxAffected}`,
  ].flat();
  const headers = {
    ...(input === undefined ? {} : { "content-type": "application/json" }),
    ...(idempotencyKey === undefined ? {} : { "idempotency-key": JSON.stringify(idempotencyKey) }),
    ...(version === undefined ? {} : { "if-match": `"${version}"` }),
    ...(preferred.length === 0 ? {} : { prefer: preferred.join(", ") }),
  };
  const body = input === undefined ? {} : { body: JSON.stringify(input) };
  const response = await request(app, path, { method, headers, ...body, ...signalOf(sending) });
  const text = await response.text();
  return (text === "" ? undefined : JSON.parse(text)) as Answer;
}

async function request(app: Connection, path: string, init: RequestInit): Promise<Response> {
  const { url, key, headers, fetch = globalThis.fetch } = app;
  const token = typeof key === "function" ? await key() : key;
  const all = new Headers({ accept: "application/json", ...headers, ...(init.headers as Record<string, string>) });
  if (token !== undefined) all.set("authorization", `Bearer ${token}`);
  const response = await fetch(`${url.replace(/\/+$/, "")}/rest/v1/${path}`, { ...init, headers: all });
  if (response.ok) return response;
  throw new Refusal(response, await response.json().catch(() => ({})));
}

/** A query with its question mark; empty where nothing is asked for. */
function queryText(query: AnyQuery): string {
  const pairs: (readonly [string, string])[] = [];
  addFilter(pairs, "filter", query.filter ?? {});
  addShown(pairs, "", query);
  if (query.sort !== undefined) pairs.push(["sort", [query.sort].flat().join()]);
  const include = includeText("", query.include ?? {});
  if (include.length > 0) pairs.push(["include", include.join()]);
  for (const [name, value] of Object.entries(query.page ?? {})) pairs.push([`page[${name}]`, String(value)]);
  if (query.count) pairs.push(["count", "exact"]);
  if (query.deleted !== undefined) pairs.push(["deleted", query.deleted]);
  for (const [name, value] of Object.entries(query.arguments ?? {})) {
    if (value !== undefined) pairs.push([`arguments[${name}]`, operand(value)]);
  }
  const text = pairs.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join("&");
  return text === "" ? "" : `?${text}`;
}

/** What is shown of the record at a path, and of those that come with it. */
function addShown(pairs: (readonly [string, string])[], path: string, shown: AnyQuery): void {
  if (shown.fields !== undefined) pairs.push([path === "" ? "fields" : `fields[${path}]`, shown.fields.join()]);
  if (path !== "" && shown.sort !== undefined) pairs.push([`sort[${path}]`, [shown.sort].flat().join()]);
  for (const [name, options] of Object.entries(shown.include ?? {})) {
    if (options !== true && options !== undefined) addShown(pairs, path === "" ? name : `${path}.${name}`, options);
  }
}

/** `company`, `activities(5)`, `company.owner` */
function includeText(path: string, include: object): readonly string[] {
  return Object.entries(include).flatMap(([name, options]) => {
    if (options === undefined) return [];
    const own = `${path}${name}${options === true || options.size === undefined ? "" : `(${options.size})`}`;
    return [own, ...includeText(`${path}${name}.`, options === true ? {} : (options.include ?? {}))];
  });
}

function addFilter(pairs: (readonly [string, string])[], prefix: string, filter: object): void {
  for (const [name, value] of Object.entries(filter)) {
    if (value === undefined) continue;
    if (name === "not") addFilter(pairs, `${prefix}[not]`, value);
    else if (name === "search" && typeof value === "string") pairs.push([`${prefix}[search]`, value]);
    else if (Array.isArray(value)) {
      value.forEach((group: object, index) => {
        addFilter(pairs, `${prefix}[${name}][${index}]`, group);
      });
    } else addConditions(pairs, { prefix, path: name }, value);
  }
}

/** Operators of a field, or what is asked of the fields behind it. */
function addConditions(
  pairs: (readonly [string, string])[],
  { prefix, path }: { readonly prefix: string; readonly path: string },
  asked: object,
): void {
  for (const [name, value] of Object.entries(asked)) {
    if (value === undefined) continue;
    const isOperand = typeof value !== "object" || Array.isArray(value) || value instanceof Date;
    if (isOperand) pairs.push([`${prefix}[${path}][${name}]`, operand(value)]);
    else addConditions(pairs, { prefix, path: `${path}.${name}` }, value);
  }
}

function operand(value: unknown): string {
  if (Array.isArray(value)) return value.map((one) => operand(one).replace(/[\\,]/g, "\\$&")).join();
  return value instanceof Date ? value.toISOString() : String(value);
}
