import { offers } from "../../model/api/operations.ts";
import { restPath } from "../../model/naming/restPath.ts";
import type { Resource } from "../../model/types.ts";
import type { Drawing } from "./Drawing.ts";
import { freeName } from "./freeName.ts";
import { type JsonSchema, refTo } from "./JsonSchema.ts";
import type { Parameter, PathItem } from "./Operation.ts";
import { answer, refusals } from "./responses.ts";

/** `/events`: the change feed; nothing where no resource has one. */
export function eventsPath(drawing: Drawing): Record<string, PathItem> {
  const listened = drawing.model.resources.filter(
    (resource) => resource.features?.changeFeed && offers(resource, "read", "rest"),
  );
  const [first] = listened;
  if (!first) return {};
  const example = { value: eventExample(first) };
  const content = { "text/event-stream": { schema: streamSchema, examples: { example } } };
  return {
    "/events": {
      get: {
        operationId: "listenToChanges",
        summary: "Listen to changes as they happen",
        description:
          "Server-sent events, one for each change of a record that the caller may see, by the policies of the moment in which it is told. The stream goes on until the caller ends it; one that broke is taken up by the id of its last event.",
        tags: listened.map(({ name }) => name),
        parameters: [
          resourcesParameter(listened),
          deepParameter("filter", "Only records that fulfil it are in sight: `filter[resource][field][operator]`.", {
            listened,
            schemaOf: ({ name }) => refTo(freeName(drawing.model, `${name}Filter`)),
          }),
          deepParameter("fields", "What records show, separated by commas, as in lists: `fields[resource]`.", {
            listened,
            schemaOf: () => names,
          }),
          deepParameter("include", "Related records that come along, as in lists: `include[resource]`.", {
            listened,
            schemaOf: () => names,
          }),
          {
            name: "after",
            in: "query",
            description: "The id of an event: changes since then come first. Without it only those to come are told.",
            schema: { type: "string", pattern: positionPattern },
            example: "zk.9ix",
          },
          {
            name: "Last-Event-ID",
            in: "header",
            description:
              "The same, as browsers send it when they come back. Where changes since then are no longer kept, the stream begins with an event `reset`.",
            schema: { type: "string" },
            example: "zk.9ix",
          },
        ],
        responses: { 200: answer({ description: "The stream.", content }, drawing), ...refusals(410) },
      },
    },
  };
}

const positionPattern = "^[0-9a-z]{1,13}\\.[0-9a-z]{1,13}$";

const names: JsonSchema = { type: "string", minLength: 1 };

const streamSchema: JsonSchema = {
  type: "string",
  description:
    "Events of the types `created`, `updated`, `entered`, `left`, `destroyed` and `reset`. Their data is JSON: `resource`, `kind`, `id` and, of records in sight, `record`.",
};

function eventExample(resource: Resource): string {
  const data = { resource: restPath(resource), kind: "destroyed", id: "0198c5f2-7b1e-7c3a-9d4e-2f6a8b0c1d2e" };
  return `id: zk.9ix\nevent: destroyed\ndata: ${JSON.stringify(data)}\n\n`;
}

function resourcesParameter(listened: readonly Resource[]): Parameter {
  const paths = listened.map(restPath);
  return {
    name: "resources",
    in: "query",
    style: "form",
    explode: false,
    description: "Which resources to listen to, separated by commas; without it all that the caller may see.",
    schema: { type: "array", minItems: 1, items: { type: "string", enum: paths } },
    example: paths.slice(0, 1),
  };
}

interface Deep {
  readonly listened: readonly Resource[];
  readonly schemaOf: (resource: Resource) => JsonSchema;
}

function deepParameter(name: string, description: string, { listened, schemaOf }: Deep): Parameter {
  const properties = Object.fromEntries(listened.map((resource) => [restPath(resource), schemaOf(resource)]));
  const schema: JsonSchema = { type: "object", properties, additionalProperties: false };
  return { name, in: "query", style: "deepObject", explode: true, description, schema };
}
