import type { Drawing } from "../Drawing.ts";
import type { JsonSchema } from "../JsonSchema.ts";
import type { Content, Operation, PathItem } from "../Operation.ts";
import { answer, refusals } from "../responses.ts";
import type { AuthOperation } from "./AuthOperation.ts";
import { exampleOf } from "./exampleOf.ts";
import { manageOperations } from "./manageOperations.ts";
import { ownOperations } from "./ownOperations.ts";
import { signInOperations } from "./signInOperations.ts";

/** What these operations are listed under; no resource has such a name. */
export const authTag = {
  name: "auth",
  description: "Signing in, sessions and accounts of the people who use the app.",
};

/** `/auth/…`; nothing where nobody signs in. */
export function authPaths(drawing: Drawing): Record<string, PathItem> {
  const { model } = drawing;
  const { auth } = model.app;
  if (!auth) return {};
  const paths: Record<string, PathItem> = {};
  for (const operation of [...signInOperations(model), ...ownOperations(model), ...manageOperations(model)]) {
    if (!(operation.isThere?.(auth) ?? true)) continue;
    const path = `/auth${operation.path}`;
    paths[path] = { ...paths[path], [operation.method]: drawn(operation, drawing) };
  }
  return paths;
}

function drawn(one: AuthOperation, drawing: Drawing): Operation {
  const { id, summary, description, body, answer: schema, status, parameters = [] } = one;
  const inPath = one.path.includes("{id}")
    ? [{ name: "id", in: "path", required: true, schema: { type: "string", format: "uuid" } } as const]
    : [];
  const json = (shape: JsonSchema): Content => {
    const example = { value: exampleOf(shape, drawing.schemas) };
    return { "application/json": { schema: shape, examples: { example } } };
  };
  const all = [...inPath, ...parameters];
  return {
    operationId: `auth_${id}`,
    summary,
    description,
    tags: [authTag.name],
    ...(all.length > 0 && { parameters: all }),
    ...(body && {
      requestBody: { required: body.required !== undefined, content: json(body) },
    }),
    responses: {
      [status]: answer(
        { description: schema ? "Done." : "Done; there is nothing to tell.", ...(schema && { content: json(schema) }) },
        drawing,
      ),
      ...refusals(...(body ? [415] : []), ...(one.refusals ?? [])),
    },
  };
}
