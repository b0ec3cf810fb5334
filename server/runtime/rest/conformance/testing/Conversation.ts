import { Agent, type IncomingMessage, request as open } from "node:http";
import type { OpenApiDocument } from "#lib/codegen/openapi/openApiDocument.ts";
import { DocumentSchemas } from "#lib/codegen/openapi/testing/DocumentSchemas.ts";
import { Random } from "#tests/support/Random.ts";
import { Api, type ApiOperation } from "./Api.ts";
import { type ApiReply, type ApiRequest, asCurl } from "./ApiRequest.ts";
import { brokenRequest } from "./brokenRequest.ts";
import { checkProblem, checkReply, closed } from "./checkReply.ts";
import { Keys } from "./Keys.ts";
import { NoValue, ValueMaker } from "./ValueMaker.ts";
import { type MadeRequest, validRequest, wireRequest } from "./validRequest.ts";

const mostFailures = 10;
/** After so many requests the keys of what is there are learned anew. */
const turnsBetween = 60;

export interface Served {
  readonly url: string;
  /** Those of a caller who may do everything. */
  readonly headers: Readonly<Record<string, string>>;
  /** Those of callers who may do less. */
  readonly others: readonly Readonly<Record<string, string>>[];
}

/** How the valid requests of one operation went. */
export interface Share {
  sent: number;
  done: number;
  /** Statuses of those that were refused. */
  readonly refused: Map<number, number>;
}

/** A long talk with an API of which nothing is known but its document. */
export class Conversation {
  readonly shares = new Map<string, Share>();
  readonly statuses = new Map<number, number>();
  sent = 0;
  /** What was not as the document says: one of each kind, with the request that shows it. */
  readonly failures = new Map<string, string>();
  readonly #served: Served;
  readonly #random: Random;
  readonly #api: Api;
  readonly #values: ValueMaker;
  readonly #keys = new Keys();
  readonly #schemas: DocumentSchemas;
  readonly #closed: DocumentSchemas;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 });

  constructor(document: OpenApiDocument, served: Served, seed: number) {
    this.#served = served;
    this.#random = new Random(seed);
    this.#api = new Api(document);
    this.#values = new ValueMaker({ random: this.#random, api: this.#api, keys: this.#keys });
    this.#schemas = new DocumentSchemas(document);
    this.#closed = new DocumentSchemas(closed(document));
  }

  static async with(served: Served, seed: number): Promise<Conversation> {
    const response = await fetch(`${served.url}/openapi.json`, { headers: served.headers });
    return new Conversation((await response.json()) as OpenApiDocument, served, seed);
  }

  /** Sends so many requests, valid ones and others; ends early where much is not as the document says. */
  async talk(requests: number): Promise<void> {
    await this.#acquaint();
    const { operations } = this.#api;
    for (let turn = 0; this.sent < requests && this.failures.size < mostFailures; turn++) {
      const operation = operations[turn % operations.length];
      if (!operation) continue;
      if (turn % turnsBetween === 0) await this.#renew();
      const made = this.#make(operation);
      if (!made) continue;
      if (this.#random.chance(50)) await this.#valid(made);
      else await this.#broken(made);
    }
    this.#agent.destroy();
  }

  /** Learns the keys of what is there, and creates some more of everything. */
  async #acquaint(): Promise<void> {
    const { operations } = this.#api;
    await this.#renew();
    const creates = operations.filter(({ id, method }) => method === "POST" && id.startsWith("create"));
    for (let round = 0; round < 12; round++) {
      for (const operation of creates) {
        const made = this.#make(operation);
        if (made) await this.#valid({ ...made, query: [], headers: {} });
      }
    }
  }

  async #renew(): Promise<void> {
    this.#keys.forgetAll();
    for (const operation of this.#lists()) await this.#plain(operation);
  }

  #lists(): readonly ApiOperation[] {
    const lists = this.#api.operations.filter(({ method, path }) => method === "GET" && !path.includes("{"));
    return lists.filter(({ id }) => id.startsWith("list"));
  }

  async #plain(operation: ApiOperation): Promise<void> {
    const query = operation.parameters.some(({ name }) => name === "page") ? [["page[size]", "200"] as const] : [];
    const made = { operation, segments: {}, query, headers: {}, mediaType: null, json: undefined, schema: null };
    await this.#valid(made);
  }

  #make(operation: ApiOperation): MadeRequest | null {
    try {
      const made = validRequest(operation, { api: this.#api, random: this.#random, values: this.#values });
      const mismatch = made.schema && this.#schemas.mismatch(made.schema, made.json);
      if (mismatch) throw new Error(`A valid body was to be made: ${mismatch} ${JSON.stringify(made.json)}`);
      return made;
    } catch (error) {
      if (error instanceof NoValue) return null;
      throw error;
    }
  }

  async #valid(made: MadeRequest): Promise<void> {
    const { operation } = made;
    const { headers, others } = this.#served;
    const isOther = others.length > 0 && this.#random.chance(20);
    const request = withHeaders(wireRequest(made), isOther ? this.#random.pick(others) : headers);
    const reply = await this.#send(request);
    const found = checkReply({ operation, request, reply }, { api: this.#api, schemas: this.#closed });
    this.#expect(found, request, reply);
    if (!isOther) this.#count(operation, reply.status);
    this.#learn(made, reply);
  }

  async #broken(made: MadeRequest): Promise<void> {
    const { operation } = made;
    const making = { api: this.#api, random: this.#random, values: this.#values, schemas: this.#schemas };
    const broken = brokenRequest(made, making);
    const { headers, others } = this.#served;
    const own = others.length > 0 && this.#random.chance(15) ? this.#random.pick(others) : headers;
    const request = withHeaders(broken.request, { ...own, ...broken.request.headers });
    const reply = await this.#send(request);
    const found = broken.isOffPath
      ? this.#checkOffPath(operation, reply)
      : checkReply({ operation, request, reply }, { api: this.#api, schemas: this.#closed });
    const { expected } = broken;
    const isUnexpected = expected && !expected.includes(reply.status);
    this.#expect(isUnexpected ? [`answers ${reply.status} to ${broken.how}`, ...found] : found, request, reply);
    if (reply.status < 300) this.#learn(made, reply);
  }

  /** A method that the path does not have: the answer names those that it has. */
  #checkOffPath({ path }: ApiOperation, reply: ApiReply): readonly string[] {
    if (reply.status >= 500 && reply.status !== 501) return [`answers ${reply.status}`];
    if (reply.status !== 405) return reply.status >= 400 ? checkProblem(reply) : [`answers ${reply.status}`];
    const allowed = (reply.headers.get("allow") ?? "").split(", ").filter((method) => !/^(HEAD|OPTIONS)$/.test(method));
    const missing = this.#api.methodsOf(path).filter((method) => !allowed.includes(method));
    return [...checkProblem(reply), ...(missing.length > 0 ? [`does not allow ${missing.join()}`] : [])];
  }

  #count({ id }: ApiOperation, status: number): void {
    const share = this.shares.get(id) ?? { sent: 0, done: 0, refused: new Map<number, number>() };
    this.shares.set(id, share);
    share.sent += 1;
    if (status < 400) share.done += 1;
    else share.refused.set(status, (share.refused.get(status) ?? 0) + 1);
  }

  #learn({ operation, segments, headers }: MadeRequest, { status, text, headers: told }: ApiReply): void {
    const isDry = headers.Prefer?.includes("tx=rollback") ?? false;
    const [resource] = operation.parameters.flatMap(({ in: place, schema }) =>
      place === "path" ? [schema["x-refers-to"]] : [],
    );
    if (
      operation.method === "DELETE" &&
      status === 204 &&
      resource !== undefined &&
      segments.id !== undefined &&
      !isDry
    ) {
      if (operation.path.endsWith("{id}")) this.#keys.forget(resource, segments.id);
    }
    // Of a file, it may be that the record has none.
    const isRecord = operation.answers.has(406);
    if (
      status === 404 &&
      resource !== undefined &&
      segments.id !== undefined &&
      isRecord &&
      !/\}\/\w+$/.test(operation.path)
    ) {
      this.#keys.forget(resource, segments.id);
    }
    const schema = operation.answers.get(status)?.content["application/json"]?.schema;
    if (status >= 300 || !schema || !told.get("content-type")?.startsWith("application/json") || isDry) return;
    const name = (schema.$ref ?? schema.oneOf?.[0]?.$ref ?? "").split("/").at(-1) ?? "";
    const body = JSON.parse(text) as { readonly id?: unknown; readonly data?: readonly { readonly id?: unknown }[] };
    const records = Array.isArray(body) ? body : (body.data ?? [body]);
    for (const { id } of records) this.#keys.learn(name.replace(/List_?$/, ""), id);
  }

  #expect(found: readonly string[], request: ApiRequest, reply: ApiReply): void {
    this.statuses.set(reply.status, (this.statuses.get(reply.status) ?? 0) + 1);
    if (found.length === 0) return;
    const kind = found.join("; ").replace(/[0-9a-f-]{36}|\d+|\{.*$/gs, "…");
    const told = [...found, `${reply.status} ${reply.text.slice(0, 600)}`, asCurl(this.#served.url, request)];
    if (!this.failures.has(kind)) this.failures.set(kind, told.join("\n"));
  }

  #send({ method, path, headers, body }: ApiRequest): Promise<ApiReply> {
    this.sent += 1;
    const { promise, resolve, reject } = Promise.withResolvers<ApiReply>();
    const url = new URL(this.#served.url);
    const { hostname: host, port } = url;
    const length = body === null ? {} : { "content-length": String(Buffer.byteLength(body)) };
    const sending = open(
      { agent: this.#agent, host, port, method, path: url.pathname + path, headers: { ...length, ...headers } },
      (response) => {
        const chunks: Buffer[] = [];
        const end = () => resolve(replyOf(response, Buffer.concat(chunks).toString("utf8")));
        const isEndless = response.headers["content-type"]?.startsWith("text/event-stream") ?? false;
        response.on("data", (chunk: Buffer) => {
          chunks.push(chunk);
          if (!isEndless) return;
          end();
          response.destroy();
        });
        response.on("error", reject);
        response.on("end", end);
      },
    );
    sending.on("error", (cause) =>
      reject(new Error(`No answer to ${asCurl(this.#served.url, { method, path, headers, body })}`, { cause })),
    );
    sending.end(body ?? undefined);
    return promise;
  }
}

function replyOf({ statusCode = 0, rawHeaders }: IncomingMessage, text: string): ApiReply {
  const headers = new Headers();
  for (let at = 0; at < rawHeaders.length; at += 2) headers.append(rawHeaders[at] ?? "", rawHeaders[at + 1] ?? "");
  return { status: statusCode, headers, text };
}

const withHeaders = (request: ApiRequest, headers: Readonly<Record<string, string>>): ApiRequest => ({
  ...request,
  headers: { ...headers, ...request.headers },
});
