import { changeKinds, eventType } from "../../model/events/eventType.ts";
import { emitSteps, resourcesWithEvents } from "../../model/events/resourcesWithEvents.ts";
import type { JsonValue, Resource } from "../../model/types.ts";
import type { Drawing } from "./Drawing.ts";
import { eventExample, eventSchemaName, ownEventSchema } from "./eventSchemas.ts";
import type { JsonSchema } from "./JsonSchema.ts";
import { refTo } from "./JsonSchema.ts";
import type { PathItem } from "./Operation.ts";

/** The events of an app by their types, as endpoints get them; nothing where there are none. */
export function webhooks({ model, examples }: Drawing): Record<string, PathItem> {
  const told = resourcesWithEvents(model);
  const resources = model.resources.filter(({ name }) => told.has(name));
  const types = [...new Set(emitSteps(model).map(({ type }) => type))].toSorted();
  return Object.fromEntries([
    ...resources.flatMap((resource) =>
      changeKinds.map((kind): [string, PathItem] => {
        const type = eventType(resource, kind);
        const example = eventExample(model, { resource, kind, record: examples[resource.name] ?? {} });
        const schema = refTo(eventSchemaName(model, resource));
        return [
          type,
          { post: received(type, { summary: sentences[kind](resource), schema, tags: [resource.name], example }) },
        ];
      }),
    ),
    ...types.map((type): [string, PathItem] => {
      const { schema, example } = ownEventSchema(model, type);
      return [type, { post: received(type, { summary: `A process tells of ${type}`, schema, tags: [], example }) }];
    }),
  ]);
}

const sentences = {
  created: ({ name }: Resource) => `A ${name} was created or restored`,
  updated: ({ name }: Resource) => `A ${name} was changed`,
  destroyed: ({ name }: Resource) => `A ${name} was destroyed`,
} as const;

interface Received {
  readonly summary: string;
  readonly schema: JsonSchema;
  readonly tags: readonly string[];
  readonly example: JsonValue;
}

function received(type: string, { summary, schema, tags, example }: Received) {
  return {
    operationId: `on_${type.replaceAll(".", "_")}`,
    summary,
    description:
      "A CloudEvent in JSON, for endpoints that want this type. The same event may come more than once: with the same `id`. Those of one record come in their order.",
    tags,
    requestBody: {
      required: true,
      content: { "application/cloudevents+json": { schema, examples: { example: { value: example } } } },
    },
    responses: { "2XX": { description: "It has arrived; any other answer has it sent again later." } },
  };
}
