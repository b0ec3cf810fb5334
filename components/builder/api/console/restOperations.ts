import { inputFields } from "#lib/codegen/inputFields.ts";
import { attributeExample } from "#lib/codegen/openapi/examples/attributeExample.ts";
import { actionsOf } from "#lib/model/actions/actionsOf.ts";
import { restForms } from "#lib/model/api/operationForms.ts";
import type { Action, JsonValue, Model, Resource } from "#lib/model/types.ts";

/** One request that an app's REST API understands. */
export interface RestOperation {
  /** Its method and path, which no other has. */
  readonly id: string;
  readonly method: string;
  readonly path: string;
  /** A body to begin with; empty where there is none. */
  readonly body: string;
}

/** All requests that REST understands about a resource. */
export function restOperations(model: Model, resource: Resource): readonly RestOperation[] {
  return actionsOf(resource).flatMap((action) =>
    restForms(resource, action).map(({ method, path, many }) => ({
      id: `${method} ${path}`,
      method,
      path: many && (method === "PATCH" || method === "DELETE") ? `${path}?filter[id][in]=&max-affected=10` : path,
      body: bodyOf({ model, resource, action, method, many }),
    })),
  );
}

interface BodyRequest {
  readonly model: Model;
  readonly resource: Resource;
  readonly action: Action;
  readonly method: string;
  readonly many: boolean;
}

function bodyOf({ model, resource, action, method, many }: BodyRequest): string {
  if (method === "GET" || method === "DELETE") return "";
  const input = sampleInput(model, resource, action);
  const isNamed = many && method === "POST";
  const body = isNamed ? { ids: [], ...(Object.keys(input).length === 0 ? {} : { input }) } : input;
  return JSON.stringify(body, null, 2);
}

/** What a caller of an action gives: what is required, or else the first things that may be given. */
export function sampleInput(model: Model, resource: Resource, action: Action): Readonly<Record<string, JsonValue>> {
  const fields = inputFields(model, resource, action).filter(
    ({ kind }) => kind === "attribute" || kind === "argument" || kind === "reference",
  );
  const required = fields.filter((field) => field.required);
  const shown = required.length > 0 ? required : fields.slice(0, 2);
  return Object.fromEntries(
    shown.flatMap((field): [string, JsonValue][] => {
      if (field.kind === "reference") return [[field.name, ""]];
      if (field.kind !== "attribute" && field.kind !== "argument") return [];
      const value = attributeExample(field.attribute, model);
      return value === undefined ? [] : [[field.name, value]];
    }),
  );
}
