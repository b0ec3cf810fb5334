import { pageSizes } from "../../model/api/pageSizes.ts";
import { computedAttributes } from "../../model/expressions/computedAttributes.ts";
import { storedAttributes } from "../../model/features/storedAttributes.ts";
import { foreignKeyField } from "../../model/naming/foreignKeyField.ts";
import { restPath } from "../../model/naming/restPath.ts";
import { spokenName } from "../../model/naming/spokenName.ts";
import type { AttributeType, Model, Resource } from "../../model/types.ts";
import {
  type FieldFunction,
  isAnyMoney,
  isGroupable,
  measureType,
  spansOf,
} from "../../plan/read/summary/measureType.ts";
import { measureOperators } from "../../plan/read/summary/SummaryPlanning.ts";
import { unchanged } from "./answers.ts";
import type { Drawing } from "./Drawing.ts";
import type { JsonSchema } from "./JsonSchema.ts";
import type { Parameter, PathItem } from "./Operation.ts";
import { parameterRef } from "./parameters.ts";
import { answer, refusals } from "./responses.ts";

/** `/deals:summary`: what the records of a list come to, in groups or all together. */
export function summaryPaths(resource: Resource, drawing: Drawing): Record<string, PathItem> {
  const { name, features } = resource;
  const spoken = spokenName(resource.plural);
  const fields = fieldsOf(resource, drawing.model);
  const example = { value: { data: [{ group: {}, count: 42 }], truncated: false } };
  const content = { "application/json": { schema: answerSchema, examples: { example } } };
  return {
    [`/rest/v1/${restPath(resource)}:summary`]: {
      get: {
        operationId: `summarize_${name}`,
        summary: `Summarise ${spoken}`,
        description: `Answers what the ${spoken} that the caller may read come to: how many there are, sums and the like, in groups or all together. Fields of related records to one can be named by paths, such as \`company.city\`.`,
        tags: [name],
        parameters: [
          parameterRef(`${name}.filter`),
          groupParameter(fields),
          measureParameter(fields),
          havingParameter,
          sortParameter(fields),
          pageParameter(resource),
          ...(features?.softDelete ? [parameterRef("deleted")] : []),
          parameterRef("If-None-Match"),
        ],
        responses: {
          200: answer({ description: "The groups, and whether there are more.", headers: ["ETag"], content }, drawing),
          304: unchanged(drawing),
          ...refusals(),
        },
      },
    },
  };
}

interface SummaryField {
  readonly name: string;
  readonly type: AttributeType;
}

/** Of fields of several currencies nothing is offered that would need groups of one. */
function fieldsOf(resource: Resource, model: Model): readonly SummaryField[] {
  const keys = resource.relationships.flatMap((one): readonly SummaryField[] => {
    const target = model.resources.find(({ name }) => name === one.target);
    return one.kind === "belongsTo" && target ? [{ name: foreignKeyField(one), type: target.key.type }] : [];
  });
  return [...storedAttributes(resource), ...computedAttributes(model, resource), ...keys];
}

function measuresOf({ name, type }: SummaryField): readonly string[] {
  const functions: readonly FieldFunction[] = ["countDistinct", "sum", "avg", "min", "max"];
  return functions
    .filter((of) => measureType(of, type) !== null && (of === "countDistinct" || !isAnyMoney(type)))
    .map((of) => `${of}(${name})`);
}

const measureNames = (fields: readonly SummaryField[]) => ["count", ...fields.flatMap(measuresOf)];

const list = (items: JsonSchema): JsonSchema => ({ type: "array", minItems: 1, items });

/** Paths through relationships and into values with parts. */
const pathPattern = "\\w+(\\.\\w+)+";

function groupParameter(fields: readonly SummaryField[]): Parameter {
  const names = fields
    .filter(({ type }) => isGroupable(type.kind))
    .flatMap(({ name, type }) => [name, ...spansOf(type).map((span) => `${name}.${span}`)]);
  return {
    name: "group",
    in: "query",
    style: "form",
    explode: false,
    description:
      "Fields, separated by commas: records with equal values are one group. A date or moment can be followed by `.year`, `.quarter`, `.month`, `.week`, `.day` or `.hour`, and counts as the beginning of it (UTC, weeks from Monday). Without it all records are one group.",
    schema: {
      ...list({ type: "string", anyOf: [{ enum: ["id", ...names] }, { pattern: `^${pathPattern}$` }] }),
      maxItems: 8,
    },
    example: [names[0] ?? "id"],
  };
}

function measureParameter(fields: readonly SummaryField[]): Parameter {
  const pattern = `^(countDistinct|sum|avg|min|max)\\(${pathPattern}\\)$`;
  return {
    name: "measure",
    in: "query",
    style: "form",
    explode: false,
    description:
      "What groups come to, separated by commas: `count`, and `countDistinct`, `sum`, `avg`, `min` or `max` of a field. Values that are null do not count. Without it `count`.",
    schema: { ...list({ type: "string", anyOf: [{ enum: measureNames(fields) }, { pattern }] }), maxItems: 32 },
    example: ["count"],
  };
}

const operand: JsonSchema = { type: "integer" };

const havingParameter: Parameter = {
  name: "having",
  in: "query",
  style: "deepObject",
  explode: true,
  description:
    "Only groups of which it is true: `having[count][gte]=3`, `having[sum(amount)][lt]=100`. Several conditions must all hold.",
  schema: {
    type: "object",
    properties: {
      count: {
        type: "object",
        properties: Object.fromEntries(measureOperators.map((operator) => [operator, operand])),
        additionalProperties: false,
      },
    },
    additionalProperties: true,
  },
  example: { count: { gte: 1 } },
};

function sortParameter(fields: readonly SummaryField[]): Parameter {
  const names = measureNames(fields);
  const pattern = `^-?(${pathPattern}|\\w+|(countDistinct|sum|avg|min|max)\\(${pathPattern}\\))$`;
  return {
    name: "sort",
    in: "query",
    style: "form",
    explode: false,
    description: "Measures, and what `group` names, separated by commas; a minus sign turns one round: `-count`.",
    schema: {
      ...list({ type: "string", anyOf: [{ enum: names.flatMap((name) => [name, `-${name}`]) }, { pattern }] }),
      maxItems: 16,
    },
    example: ["-count"],
  };
}

function pageParameter(resource: Resource): Parameter {
  return {
    name: "page",
    in: "query",
    style: "deepObject",
    explode: true,
    description: "`page[size]`: at most so many groups. There are no further pages.",
    schema: {
      type: "object",
      properties: { size: { type: "integer", minimum: 1, maximum: 1000, default: pageSizes(resource).usual } },
      additionalProperties: false,
    },
    example: { size: 20 },
  };
}

const exact = "Numbers as text with all their digits, money as an object.";

/** Which members there are, and of what type, depends on the request: they are called as it calls them. */
const answerSchema: JsonSchema = {
  type: "object",
  required: ["data", "truncated"],
  properties: {
    data: {
      type: "array",
      items: {
        type: "object",
        required: ["group"],
        properties: {
          group: {
            type: "object",
            description: "What the records of the group have in common, by the names of `group`.",
          },
          count: { type: "integer" },
          countDistinct: { type: "object", additionalProperties: { type: "integer" } },
          sum: { type: "object", description: exact, additionalProperties: { type: ["string", "object", "null"] } },
          avg: { type: "object", description: exact, additionalProperties: { type: ["string", "object", "null"] } },
          min: { type: "object", description: "In the types of the fields." },
          max: { type: "object", description: "In the types of the fields." },
        },
      },
    },
    truncated: { type: "boolean", description: "There are more groups than these." },
  },
};
