import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import type { ServedApp } from "#tests/support/servedApp.ts";
import { jsonApiType } from "../negotiate.ts";
import { documentSchema } from "./documentSchema.ts";

const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv);
const isDocument = ajv.compile(documentSchema);

export interface JsonApiAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** Null where there is no body. */
  // biome-ignore lint/suspicious/noExplicitAny: tests say what they expect of it
  readonly document: any;
}

export interface JsonApiClient {
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<JsonApiAnswer>;
  send(
    method: "POST" | "PATCH" | "PUT" | "DELETE",
    path: string,
    document?: unknown,
    headers?: Readonly<Record<string, string>>,
  ): Promise<JsonApiAnswer>;
}

/** Speaks JSON:API with an app. Every answer has to be a document of it, with full linkage. */
export function jsonApiClient(app: Pick<ServedApp, "fetch">): JsonApiClient {
  const read = async (response: Response): Promise<JsonApiAnswer> => {
    const text = await response.text();
    const document = text === "" ? null : JSON.parse(text);
    if (document !== null) {
      if (response.headers.get("content-type") !== jsonApiType) throw new Error(`No document: ${text}`);
      if (!isDocument(document)) throw new Error(`${ajv.errorsText(isDocument.errors)}\n${text}`);
      checkLinkage(document);
    }
    return { status: response.status, headers: response.headers, document };
  };
  return {
    get: async (path, headers = {}) =>
      read(await app.fetch(`/rest/v1${path}`, { headers: { accept: jsonApiType, ...headers } })),
    send: async (method, path, document, headers = {}) =>
      read(
        await app.fetch(`/rest/v1${path}`, {
          method,
          headers: { accept: jsonApiType, "content-type": jsonApiType, ...headers },
          ...(document !== undefined && { body: JSON.stringify(document) }),
        }),
      ),
  };
}

interface Linked {
  readonly type: string;
  readonly id: string;
  readonly relationships?: Readonly<Record<string, { readonly data?: unknown }>>;
}

interface Linking {
  readonly data?: Linked | readonly Linked[] | null;
  readonly included?: readonly Linked[];
}

const list = <Item>(value: Item | readonly Item[] | null | undefined): readonly Item[] =>
  value === null || value === undefined ? [] : Array.isArray(value) ? value : [value as Item];
const nameOf = ({ type, id }: Linked) => `${type} ${id}`;

/** No resource comes twice, and each included one is led to by another. */
function checkLinkage({ data, included = [] }: Linking): void {
  const all = [...list(data), ...included];
  const names = all.map(nameOf);
  if (new Set(names).size !== names.length) throw new Error(`A resource comes twice: ${names.join(", ")}`);
  const linked = new Set(
    all.flatMap(({ relationships = {} }) =>
      Object.values(relationships).flatMap((relationship) => list(relationship.data as Linked).map(nameOf)),
    ),
  );
  for (const each of included) if (!linked.has(nameOf(each))) throw new Error(`Nothing leads to ${nameOf(each)}.`);
}
