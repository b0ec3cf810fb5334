import { computedAttributes } from "../../model/expressions/computedAttributes.ts";
import { storedAttributes } from "../../model/features/storedAttributes.ts";
import type { Model, Resource } from "../../model/types.ts";
import { isSortable } from "../../plan/read/operators.ts";
import { deletedParameters } from "./featurePaths.ts";
import { freeName } from "./freeName.ts";
import { refTo } from "./JsonSchema.ts";
import type { Parameter } from "./Operation.ts";

/** What a list understands: filter, sort, fields, include, page and count. */
export function listParameters(resource: Resource, model: Model): Parameter[] {
  const sortable = [
    "id",
    ...[...storedAttributes(resource), ...computedAttributes(model, resource)]
      .filter(({ type }) => isSortable(type.kind))
      .map(({ name }) => name),
  ];
  return [
    {
      name: "filter",
      in: "query",
      style: "deepObject",
      explode: true,
      description:
        "`filter[field][operator]=value`, also through relationships: `filter[company.name][contains]=inc`. Several conditions must all hold; `or`, `and` and `not` group them." +
        (resource.features?.search ? " `filter[search]=words` searches full text." : ""),
      schema: refTo(freeName(model, `${resource.name}Filter`)),
    },
    {
      name: "sort",
      in: "query",
      description: `Fields, separated by commas; a minus sign turns one round: \`-${sortable.at(-1)}\`.`,
      schema: { type: "string", examples: [`-${sortable.at(-1)}`] },
    },
    ...itemParameters(resource, model),
    {
      name: "page",
      in: "query",
      style: "deepObject",
      explode: true,
      description: "`page[size]`, and a cursor of an earlier answer in `page[after]` or `page[before]`.",
      schema: {
        type: "object",
        properties: {
          size: { type: "integer", minimum: 1 },
          after: { type: "string" },
          before: { type: "string" },
        },
      },
    },
    ...deletedParameters(resource),
    {
      name: "count",
      in: "query",
      description: "`exact` adds the number of all that match.",
      schema: { type: "string", enum: ["exact"] },
    },
  ];
}

/** What an item and a list both understand: which fields, and which related records with them. */
export function itemParameters(resource: Resource, model: Model): Parameter[] {
  const { attributes, relationships } = resource;
  const computed = computedAttributes(model, resource).filter(({ column }) => column === "");
  const included = relationships.map(({ name }) => name);
  return [
    {
      name: "fields",
      in: "query",
      description: fieldsText(computed.map(({ name }) => name)),
      schema: { type: "string", examples: [["id", ...attributes.slice(0, 2).map(({ name }) => name)].join(",")] },
    },
    ...(included.length === 0
      ? []
      : [
          {
            name: "include",
            in: "query" as const,
            description: `Related records to send along, separated by commas: ${included.map((name) => `\`${name}\``).join(", ")}; deeper by a dot, at most so many by a number: \`${included[0]}(5)\`.`,
            schema: { type: "string", examples: [included[0] ?? ""] },
          },
        ]),
  ];
}

function fieldsText(computed: readonly string[]): string {
  const only = "Only these fields, separated by commas.";
  if (computed.length === 0) return only;
  const names = computed.map((name) => `\`${name}\``).join(", ");
  return `${only} Worked out when they are named: ${names}; \`*\` stands for all others.`;
}
