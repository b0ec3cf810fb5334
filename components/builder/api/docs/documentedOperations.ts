type Json = Readonly<Record<string, unknown>>;

/** One operation of an OpenAPI document. */
export interface DocumentedOperation {
  readonly id: string;
  readonly tag: string;
  readonly method: string;
  readonly path: string;
  readonly summary: string;
  readonly description: string;
  readonly deprecated: boolean;
  readonly parameters: readonly DocumentedParameter[];
  /** What is sent, by media type, and what is answered, by status. */
  readonly request: readonly DocumentedContent[];
  readonly answers: readonly (DocumentedContent & { readonly status: string; readonly description: string })[];
}

export interface DocumentedParameter {
  readonly name: string;
  readonly place: string;
  readonly required: boolean;
  readonly deprecated: boolean;
  readonly description: string;
}

export interface DocumentedContent {
  readonly mediaType: string;
  readonly schema: unknown;
  /** As it would be sent; undefined where there is none. */
  readonly example: unknown;
}

const methods = ["get", "post", "put", "patch", "delete"];

/** The operations of a document in its order; whatever is not as it should be is left out. */
export function operationsOf(document: Json): readonly DocumentedOperation[] {
  return Object.entries(asObject(document.paths)).flatMap(([path, item]) => {
    const shared = asObject(item);
    return methods.flatMap((method): readonly DocumentedOperation[] => {
      if (!isObject(shared[method])) return [];
      const operation = asObject(shared[method]);
      const own = [...asList(shared.parameters), ...asList(operation.parameters)];
      return [
        {
          id: `${method} ${path}`,
          tag: asText(asList(operation.tags)[0]) || "Others",
          method: method.toUpperCase(),
          path,
          summary: asText(operation.summary),
          description: asText(operation.description),
          deprecated: operation.deprecated === true,
          parameters: own.map((parameter) => parameterOf(resolved(document, parameter))),
          request: contentsOf(resolved(document, operation.requestBody)),
          answers: Object.entries(asObject(operation.responses)).flatMap(([status, answer]) => {
            const found = resolved(document, answer);
            const description = asText(found.description);
            const contents = contentsOf(found);
            const shown = contents.length > 0 ? contents : [{ mediaType: "", schema: undefined, example: undefined }];
            return shown.map((content) => ({ ...content, status, description }));
          }),
        },
      ];
    });
  });
}

function parameterOf(parameter: Json): DocumentedParameter {
  return {
    name: asText(parameter.name),
    place: asText(parameter.in),
    required: parameter.required === true,
    deprecated: parameter.deprecated === true,
    description: asText(parameter.description),
  };
}

function contentsOf(part: Json): readonly DocumentedContent[] {
  return Object.entries(asObject(part.content)).map(([mediaType, media]) => {
    const { schema, example, examples } = asObject(media);
    const [first] = Object.values(asObject(examples)).map((one) => asObject(one).value);
    return { mediaType, schema, example: example ?? first };
  });
}

/** What a reference of the document leads to, or the thing itself. */
export function resolved(document: Json, part: unknown): Json {
  let at = asObject(part);
  for (let hops = 0; typeof at.$ref === "string" && hops < 10; hops++) {
    const path = at.$ref.replace(/^#\//, "").split("/");
    const found = path.reduce<unknown>((inside, key) => {
      return asObject(inside)[key.replaceAll("~1", "/").replaceAll("~0", "~")];
    }, document);
    at = asObject(found);
  }
  return at;
}

const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const asObject = (value: unknown): Json => (isObject(value) ? value : {});
const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const asText = (value: unknown): string => (typeof value === "string" ? value : "");
