import type { JsonSchema } from "#lib/codegen/openapi/JsonSchema.ts";
import {
  type Content,
  type Header,
  methods,
  type Operation,
  type Parameter,
  type PathItem,
  type Reference,
} from "#lib/codegen/openapi/Operation.ts";
import type { OpenApiDocument } from "#lib/codegen/openapi/openApiDocument.ts";

/** An operation of the document with its references followed. */
export interface ApiOperation {
  readonly id: string;
  readonly method: string;
  /** With `{id}` in it. */
  readonly path: string;
  readonly parameters: readonly Parameter[];
  readonly body: { readonly required: boolean; readonly content: Content } | null;
  readonly answers: ReadonlyMap<number, ApiAnswer>;
}

export interface ApiAnswer {
  readonly headers: Readonly<Record<string, Header>>;
  readonly content: Content;
}

/** What can be done with an API, read from its document alone. */
export class Api {
  readonly document: OpenApiDocument;
  readonly operations: readonly ApiOperation[];

  constructor(document: OpenApiDocument) {
    this.document = document;
    this.operations = Object.entries(document.paths).flatMap(([path, item]) =>
      methods.flatMap((method) => {
        const operation = item[method];
        return operation ? [this.#operation({ method, path, item }, operation)] : [];
      }),
    );
  }

  /** The methods that a path of the document answers. */
  methodsOf(path: string): readonly string[] {
    return this.operations.filter((operation) => operation.path === path).map(({ method }) => method);
  }

  /** Every header that some answer of the document has. */
  get headerNames(): readonly string[] {
    return Object.keys(this.document.components.headers);
  }

  schema(schema: JsonSchema): JsonSchema {
    return schema.$ref === undefined ? schema : this.schema(this.#found<JsonSchema>(schema.$ref));
  }

  #operation({ method, path, item }: Place, { operationId, parameters = [], requestBody, responses }: Operation) {
    const all = [...(item.parameters ?? []), ...parameters].map((parameter) => this.#follow<Parameter>(parameter));
    const answers = Object.entries(responses).map(([status, response]): [number, ApiAnswer] => {
      const { headers = {}, content = {} } = this.#follow(response);
      const named = Object.entries(headers).map(([name, header]) => [name, this.#follow<Header>(header)] as const);
      return [Number(status), { headers: Object.fromEntries(named), content }];
    });
    return {
      id: operationId,
      method: method.toUpperCase(),
      path,
      parameters: all,
      body: requestBody ?? null,
      answers: new Map(answers),
    };
  }

  #follow<Part extends object>(part: Part | Reference): Part {
    return "$ref" in part ? this.#found<Part>(part.$ref) : part;
  }

  #found<Part>(reference: string): Part {
    let at: unknown = this.document;
    for (const name of reference.split("/").slice(1)) at = Reflect.get(at as object, name);
    if (at === undefined) throw new Error(`${reference} leads nowhere.`);
    return at as Part;
  }
}

interface Place {
  readonly method: (typeof methods)[number];
  readonly path: string;
  readonly item: PathItem;
}
