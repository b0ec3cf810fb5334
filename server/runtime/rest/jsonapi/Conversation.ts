import type { Entity } from "#lib/plan/catalog/Catalog.ts";
import { parseExactJson } from "#lib/plan/values/exactJson.ts";
import { type Answer, emptyAnswer } from "../../http/Answer.ts";
import type { AppRequest } from "../../http/AppRequest.ts";
import { decodePart, readRawQuery } from "../query/RawQuery.ts";
import { type RestCall, restRoot } from "../RestCall.ts";
import { Compound, isRecord, recordsIn } from "./Compound.ts";
import { type Forms, jsonApiType } from "./negotiate.ts";
import { type PlainQuery, type QueryRequest, readQuery } from "./readQuery.ts";

export type PlainRest = (call: RestCall) => Promise<Answer>;

export interface Speaking {
  readonly call: RestCall;
  readonly forms: Forms;
  /** The API in plain JSON. */
  readonly plain: PlainRest;
}

/** What is asked of the plain API in place of the request itself. */
export interface PlainRequest {
  readonly method?: string;
  /** Below the root of the API. */
  readonly path?: string;
  readonly query: string;
  /** The body of the request as the plain API takes it. */
  readonly body?: (text: string) => unknown;
  readonly prefer?: string;
}

/** One request of JSON:API as the plain API answers it. */
export class Conversation {
  readonly forms: Forms;
  readonly call: RestCall;
  /** Parameters of the request by the names that the plain API has for them. */
  parameters: ReadonlyMap<string, string>;
  /** The resource that the document of the request is about. */
  about: Entity | null = null;
  readonly #plain: PlainRest;

  constructor({ call, forms, plain }: Speaking) {
    this.call = call;
    this.forms = forms;
    this.#plain = plain;
    const names = readRawQuery(call.request.query).pairs.map(({ name }) => decodePart(name) ?? name);
    this.parameters = new Map(names.map((name) => [name, name]));
  }

  query(request: Omit<QueryRequest, "catalog">): PlainQuery {
    const { app, request: asked } = this.call;
    const read = readQuery(asked.query, { ...request, catalog: app.catalog });
    this.parameters = read.sources;
    return read;
  }

  ask({ method, path, query, body, prefer }: PlainRequest): Promise<Answer> {
    const { request } = this.call;
    const headers: AppRequest["headers"] = { ...request.headers, accept: "application/json" };
    if (this.forms.reads) headers["content-type"] = "application/json";
    if (prefer !== undefined) headers.prefer = [request.headers.prefer, prefer].filter(Boolean).join(", ");
    const converted = async () => {
      const text = await request.body();
      return text === "" || !body || !this.forms.reads ? text : JSON.stringify(body(text));
    };
    const asked = {
      ...request,
      headers,
      query,
      body: converted,
      ...(method !== undefined && { method }),
      ...(path !== undefined && { path: `${restRoot}${path}` }),
    };
    return this.#plain({ ...this.call, request: asked });
  }

  /** The answer about one resource; `of` takes it out of what the plain API answers. */
  one(answer: Answer, entity: Entity, { shown, includes }: PlainQuery, of = (json: unknown) => json): Answer {
    return this.print(answer, (json) => {
      const compound = this.#compound(shown);
      const [data = null] = compound.primary(recordsIn(of(json)), entity);
      return { data, ...(includes && { included: compound.included }), links: { self: this.#self() } };
    });
  }

  list(answer: Answer, entity: Entity, { shown, includes }: PlainQuery): Answer {
    return this.print(answer, (json) => {
      const compound = this.#compound(shown);
      const data = compound.primary(recordsIn(membersOf(json).data), entity);
      return { data, ...(includes && { included: compound.included }), ...this.pages(json) };
    });
  }

  /** The links of a list, and its count. */
  pages(json: unknown): object {
    const { page, count } = membersOf(json);
    const { next, previous } = membersOf(page);
    const rest = readRawQuery(this.call.request.query).pairs.flatMap(({ name, value }) =>
      /^page\[(?:after|before)\]$/.test(decodePart(name) ?? "") ? [] : [`${name}=${value}`],
    );
    const at = (side: "after" | "before" | null, cursor: unknown) => {
      const position = side === null ? [] : [`page%5B${side}%5D=${String(cursor)}`];
      return this.#at([...rest, ...position].join("&"));
    };
    const links = {
      self: this.#self(),
      first: at(null, null),
      prev: typeof previous === "string" ? at("before", previous) : null,
      next: typeof next === "string" ? at("after", next) : null,
    };
    return { links, ...(count !== undefined && { meta: { count } }) };
  }

  /** How many records a change of many concerned. */
  affected(answer: Answer): Answer {
    return this.print(answer, (json) => ({ meta: { affected: membersOf(json).affected } }));
  }

  print(answer: Answer, document: (json: unknown) => object): Answer {
    if (!this.forms.prints) return answer;
    const headers = [...answer.headers, "vary", "Accept"];
    if (answer.body === null) return { ...answer, headers };
    const text = typeof answer.body === "string" ? answer.body : Buffer.from(answer.body).toString("utf8");
    const body = JSON.stringify({ jsonapi: { version: "1.1" }, ...document(parseExactJson(text)) });
    return { ...emptyAnswer(answer.status, headers), contentType: jsonApiType, body };
  }

  /** What stands in front of the path of a resource. */
  get root(): string {
    return `${this.call.request.base}${restRoot}`;
  }

  #compound(shown: PlainQuery["shown"]): Compound {
    return new Compound({ catalog: this.call.app.catalog, root: this.root, shown });
  }

  #self(): string {
    return this.#at(this.call.request.query);
  }

  /** The address of the request with a query; brackets are not for URLs as they are. */
  #at(query: string): string {
    const { base, path } = this.call.request;
    const encoded = query.replaceAll("[", "%5B").replaceAll("]", "%5D");
    return base + path + (encoded === "" ? "" : `?${encoded}`);
  }
}

function membersOf(json: unknown): Readonly<Record<string, unknown>> {
  return isRecord(json) ? json : {};
}
