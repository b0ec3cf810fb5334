import { offers } from "../../model/api/operations.ts";
import { restPath } from "../../model/naming/restPath.ts";
import { spokenName } from "../../model/naming/spokenName.ts";
import type { Attribute, Resource } from "../../model/types.ts";
import type { Drawing } from "./Drawing.ts";
import type { JsonSchema } from "./JsonSchema.ts";
import type { Content, Operation, PathItem, Responses } from "./Operation.ts";
import { keyParameter } from "./parameters.ts";
import { answer, refusals } from "./responses.ts";
import { typeSchema } from "./typeSchema.ts";

/** Where the contents of a resource's files are sent to and fetched. */
export function filePaths(resource: Resource, drawing: Drawing): Record<string, PathItem> {
  const files = resource.attributes.filter(({ type }) => type.kind === "file");
  const [reads, updates] = [offers(resource, "read", "rest"), offers(resource, "update", "rest")];
  if (!reads && !updates) return {};
  return Object.fromEntries(
    files.map((attribute) => [
      `/rest/v1/${restPath(resource)}/{id}/${attribute.name}`,
      {
        parameters: [keyParameter(resource)],
        ...(reads ? { get: fetched(resource, attribute, drawing) } : {}),
        ...(updates
          ? {
              put: sent("put", resource, { attribute, drawing }),
              post: sent("post", resource, { attribute, drawing }),
              delete: emptied(resource, attribute, drawing),
            }
          : {}),
      },
    ]),
  );
}

/** Contents are answered as they are, whatever a request accepts. */
function fileRefusals(...statuses: readonly number[]): Responses {
  const { 406: _, ...all } = refusals(...statuses);
  return all;
}

const operation = (verb: string, { name }: Resource, attribute: Attribute) => ({
  // No other operation has an underscore in its name.
  operationId: `${verb}${name}_${attribute.name}`,
  ...(attribute.deprecated && { deprecated: true }),
  tags: [name],
});

function content({ type }: Attribute): Content {
  const schema: JsonSchema = { description: "The bytes of the content." };
  const mediaTypes = type.kind === "file" && type.mediaTypes ? type.mediaTypes : ["*/*"];
  return Object.fromEntries(mediaTypes.map((mediaType) => [mediaType, { schema }]));
}

function fetched(resource: Resource, attribute: Attribute, drawing: Drawing): Operation {
  const headers = ["ETag", "Accept-Ranges", "Content-Disposition"] as const;
  const all = content(attribute);
  return {
    ...operation("get", resource, attribute),
    summary: `Fetch the ${spokenName(attribute.name)}`,
    description: "Whoever may read the record and the field may have the content.",
    parameters: [
      {
        name: "Range",
        in: "header",
        description: "One range of bytes; anything else is passed over.",
        schema: { type: "string" },
        example: "bytes=0-99",
      },
      {
        name: "If-None-Match",
        in: "header",
        description: "The ETag of the content that the caller has already.",
        schema: { type: "string" },
        example: '"5f2c…"',
      },
    ],
    responses: {
      200: answer({ description: "The content, to be saved.", headers, content: all }, drawing),
      206: answer(
        { description: "The part that was asked for.", headers: [...headers, "Content-Range"], content: all },
        drawing,
      ),
      304: answer({ description: "The caller has it already.", headers }, drawing),
      ...fileRefusals(404),
    },
  };
}

interface Sent {
  readonly attribute: Attribute;
  readonly drawing: Drawing;
}

/** By either method it is the same. */
function sent(verb: "put" | "post", resource: Resource, { attribute, drawing }: Sent): Operation {
  const example = { name: "file.pdf", size: 48_213, mediaType: "application/pdf", url: "/rest/v1/…" };
  const shown = { schema: typeSchema({ kind: "file" }, "output"), examples: { example: { value: example } } };
  return {
    ...operation(verb, resource, attribute),
    summary: `Send a new ${spokenName(attribute.name)}`,
    description: "The body is the content itself. What was there before is gone.",
    parameters: [
      {
        name: "name",
        in: "query",
        description: "The name of the file; it may also stand in `Content-Disposition`.",
        schema: { type: "string", maxLength: 200 },
        example: "contract.pdf",
      },
    ],
    requestBody: { required: true, content: content(attribute) },
    responses: {
      200: answer({ description: "What is kept of it.", content: { "application/json": shown } }, drawing),
      ...fileRefusals(404, 409, 413, 415, 422),
    },
  };
}

const emptied = (resource: Resource, attribute: Attribute, drawing: Drawing): Operation => ({
  ...operation("delete", resource, attribute),
  summary: `Delete the ${spokenName(attribute.name)}`,
  description: "The content is gone, and the field empty.",
  responses: { 204: answer({ description: "It is gone." }, drawing), ...fileRefusals(404, 409, 422) },
});
