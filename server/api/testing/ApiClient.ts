import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { handleApi } from "../handleApi.ts";
import { namesIn } from "../input/inputSchema.ts";
import type { JsonSchema } from "../JsonSchema.ts";
import { openApiText } from "../openapi/openApiText.ts";
import type { Route } from "../Route.ts";
import { routes } from "../routes.ts";

export interface Asked {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Told {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: what a test looks at is its own matter.
  readonly json: any;
}

interface Document {
  readonly paths: Readonly<
    Record<string, Readonly<Record<string, { readonly responses: Readonly<Record<string, Said>> }>>>
  >;
  readonly components: { readonly responses: Readonly<Record<string, Said>>; readonly schemas: JsonSchema };
}

interface Said {
  readonly $ref?: string;
  readonly content?: Readonly<Record<string, { readonly schema: JsonSchema }>>;
}

/** Asks the API as programs do, and holds every answer against the document: its status, its type and its shape. */
export class ApiClient {
  readonly #document = JSON.parse(openApiText()) as Document;
  readonly #ajv = new Ajv2020({ strict: false, allErrors: true });
  readonly #checks = new Map<string, (value: unknown) => string[]>();
  /** Whose requests are sent. */
  token: string;

  constructor(token: string) {
    this.token = token;
    formats.default(this.#ajv);
    this.#ajv.addSchema({ $id: "api", components: { schemas: closed(this.#document.components.schemas) } });
  }

  async ask(operationId: string, asked: Asked = {}): Promise<Told> {
    const route = routes.find((one) => one.operationId === operationId);
    if (!route) throw new Error(`There is no operation ${operationId}.`);
    return await this.askRoute(route, asked);
  }

  async askRoute(route: Route, { params = {}, query = {}, body, headers = {} }: Asked): Promise<Told> {
    const path = namesIn(route.path).reduce((text, name) => {
      return text.replace(`{${name}}`, encodeURIComponent(params[name] ?? ""));
    }, route.path);
    const search = new URLSearchParams(
      Object.entries(query).flatMap(([name, value]) =>
        [value].flat().map((entry): [string, string] => [name, String(entry)]),
      ),
    );
    const response = await this.send(route.method, `${path}?${search}`, {
      headers: { ...(body !== undefined && { "content-type": "application/json" }), ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const json: unknown = text === "" ? undefined : JSON.parse(text);
    const wrong = this.#wrong(route, response, json);
    if (wrong.length > 0) {
      const told = JSON.stringify({ params, query, body });
      throw new Error(`${route.operationId} ${told} answered ${response.status}, but: ${wrong.join("; ")}\n${text}`);
    }
    return { status: response.status, headers: response.headers, json };
  }

  /** Any request; what it is answered is not looked at. */
  async send(method: string, path: string, init: RequestInit = {}): Promise<Response> {
    const headers = { authorization: `Bearer ${this.token}`, ...(init.headers as Record<string, string> | undefined) };
    return await handleApi(new Request(`http://gantry.test/api/v1${path}`, { ...init, method, headers }));
  }

  #wrong({ path, method }: Route, { status, headers }: Response, json: unknown): string[] {
    const said = this.#document.paths[path]?.[method.toLowerCase()]?.responses[String(status)];
    if (!said) return [`the document does not know the status ${status}`];
    const { content } = said.$ref ? (this.#document.components.responses[String(status)] ?? {}) : said;
    const type = headers.get("content-type")?.split(";")[0] ?? "";
    if (!content) return json === undefined ? [] : ["there should be no body"];
    const schema = content[type]?.schema;
    if (!schema) return [`the document does not know the type ${type}`];
    const key = `${method} ${path} ${status}`;
    const check = this.#checks.get(key) ?? this.#check(schema);
    this.#checks.set(key, check);
    return check(json);
  }

  #check(schema: JsonSchema): (value: unknown) => string[] {
    const text = JSON.stringify(closed(schema)).replaceAll('"#/components', '"api#/components');
    const validate = this.#ajv.compile(JSON.parse(text));
    return (value) => {
      validate(value);
      return (validate.errors ?? []).map(({ instancePath, message, params }) => {
        return `${instancePath || "the answer"} ${message} ${JSON.stringify(params)}`;
      });
    };
  }
}

/** The schema without leave for members that it does not name: an answer must tell nothing that the document does not. */
function closed<Schema>(schema: Schema): Schema {
  if (Array.isArray(schema)) return schema.map(closed) as Schema;
  if (typeof schema !== "object" || schema === null) return schema;
  const inner = Object.fromEntries(Object.entries(schema).map(([name, value]) => [name, closed(value)]));
  const isObject = [inner.type].flat().includes("object");
  const isOpen = isObject && "properties" in inner && !("additionalProperties" in inner);
  return (isOpen ? { ...inner, additionalProperties: false } : inner) as Schema;
}
