import { isListField } from "../../model/api/listFields.ts";
import { pageSizes } from "../../model/api/pageSizes.ts";
import { computedAttributes } from "../../model/expressions/computedAttributes.ts";
import { storedAttributes } from "../../model/features/storedAttributes.ts";
import { foreignKeyField } from "../../model/naming/foreignKeyField.ts";
import { spokenName } from "../../model/naming/spokenName.ts";
import { isToOne } from "../../model/relationships/isToOne.ts";
import type { Attribute, Model, Resource } from "../../model/types.ts";
import { isSortable } from "../../plan/read/operators.ts";
import { attributeSchema } from "./attributeSchema.ts";
import type { Drawing } from "./Drawing.ts";
import { attributeExample } from "./examples/attributeExample.ts";
import { freeName } from "./freeName.ts";
import { type JsonSchema, refTo } from "./JsonSchema.ts";
import type { Parameter, Reference } from "./Operation.ts";

export const parameterRef = (name: string): Reference => ({ $ref: `#/components/parameters/${name}` });

const refs = (...names: readonly (string | false | undefined)[]): Reference[] =>
  names.flatMap((name) => (name ? [parameterRef(name)] : []));

/** What a list understands: filter, sort, fields, include, page and count. */
export function listParameters(resource: Resource): Reference[] {
  const { name, features } = resource;
  return [
    ...refs(`${name}.filter`, sortableNames(resource).length > 0 && `${name}.sort`),
    ...itemParameters(resource),
    ...refs(`${name}.page`, features?.softDelete && "deleted", "count", "If-None-Match"),
  ];
}

/** What an item and a list both understand: which fields, and which related records with them. */
export function itemParameters(resource: Resource): Reference[] {
  const { name, relationships } = resource;
  return refs(`${name}.fields`, relationships.length > 0 && `${name}.include`);
}

/** What every change understands. */
export const changeParameters = (resource: Resource, { versioned = true } = {}): Reference[] => {
  const version = versioned ? resource.features?.versioned : undefined;
  return refs("Prefer", "Idempotency-Key", version && (version.required ? "If-Match.required" : "If-Match"));
};

export const keyParameter = ({ name }: Resource): Reference => parameterRef(`${name}.id`);

/** All parameters that operations may refer to; those that none does are left out in the end. */
export function allParameters(drawing: Drawing): Record<string, Parameter> {
  const { model } = drawing;
  return Object.assign({}, common, ...model.resources.map((resource) => parametersOf(resource, drawing)));
}

function parametersOf(resource: Resource, { model }: Drawing): Record<string, Parameter> {
  const { name, key } = resource;
  const { most } = pageSizes(resource);
  const example = attributeExample(key, model);
  const filter = refTo(freeName(model, `${name}Filter`));
  const schema = { ...attributeSchema(key, model, "output"), "x-refers-to": name };
  const deep = { in: "query", style: "deepObject", explode: true } as const;
  return {
    [`${name}.id`]: {
      name: "id",
      in: "path",
      required: true,
      description: `Key of the ${spokenName(name)}.`,
      schema,
      ...(example !== undefined && { example }),
    },
    [`${name}.filter`]: { ...deep, name: "filter", description: filterText(resource), schema: filter },
    [`${name}.filter.change`]: {
      ...deep,
      name: "filter",
      required: true,
      description: `Which records are meant; \`filter=all\` for all. ${filterText(resource)}`,
      schema: { anyOf: [filter, { const: "all" }] },
    },
    [`${name}.sort`]: sortParameter(resource),
    [`${name}.fields`]: fieldsParameter(resource, model),
    [`${name}.include`]: includeParameter(resource),
    [`${name}.page`]: {
      ...deep,
      name: "page",
      description: `\`page[size]\`, and a cursor of an earlier answer in \`page[after]\` or \`page[before]\`, not both. At most ${most} records.`,
      schema: {
        type: "object",
        properties: {
          size: { type: "integer", minimum: 1, maximum: most, default: pageSizes(resource).usual },
          after: { type: "string" },
          before: { type: "string" },
        },
        additionalProperties: false,
      },
      example: { size: Math.min(20, most) },
    },
  };
}

function filterText({ features }: Resource): string {
  const search = features?.search ? " `filter[search]=words` searches full text." : "";
  return `\`filter[field][operator]=value\`, also through relationships: \`filter[company.name][contains]=inc\`. Without an operator it is \`eq\`. Several conditions must all hold; \`filter[or][0][…]\`, \`filter[and][0][…]\` and \`filter[not][…]\` group them. Operands of \`in\`, \`notIn\` and \`hasAny\` are separated by commas.${search}`;
}

function namesOf(resource: Resource, fits: (attribute: Attribute) => boolean, model?: Model): readonly string[] {
  const computed = model ? computedAttributes(model, resource) : [];
  const stored = [...storedAttributes(resource), ...computed].filter(fits).map(({ name }) => name);
  const keys = resource.relationships.flatMap((one) => (one.kind === "belongsTo" ? [foreignKeyField(one)] : []));
  return ["id", ...stored, ...keys];
}

function sortableNames(resource: Resource): readonly string[] {
  const names = namesOf(resource, ({ type }) => isSortable(type.kind));
  return names.filter((name) => isListField(resource, "sortable", name));
}

function sortParameter(resource: Resource): Parameter {
  const names = sortableNames(resource);
  const example = names.find((name) => name !== "id") ?? "id";
  return {
    name: "sort",
    in: "query",
    style: "form",
    explode: false,
    description: `Fields, separated by commas; a minus sign turns one round: \`-${example}\`. Paths lead through relationships to one, \`company.name\`, and into values of several parts.`,
    schema: {
      type: "array",
      minItems: 1,
      maxItems: 16,
      items: {
        type: "string",
        anyOf: [{ enum: names.flatMap((name) => [name, `-${name}`]) }, { pattern: pathPattern }],
      },
    },
    example: [`-${example}`],
  };
}

const pathPattern = "^-?\\w+(\\.\\w+)+$";

function fieldsParameter(resource: Resource, model: Model): Parameter {
  const asked = computedAttributes(model, resource).filter(({ column }) => column === "");
  const always = namesOf(resource, ({ column }) => column !== "", model);
  const names = asked.map(({ name }) => `\`${name}\``).join(", ");
  const only = "Only these fields, separated by commas.";
  return {
    name: "fields",
    in: "query",
    style: "form",
    explode: false,
    description: `${only}${names && ` Worked out when they are named: ${names}; \`*\` stands for all others.`} Of what is included: \`fields[company]=name\`; in JSON:API by type.`,
    schema: {
      type: "array",
      minItems: 1,
      items: { type: "string", enum: ["*", ...always, ...asked.map(({ name }) => name)] },
    },
    example: always.slice(0, 3),
  };
}

function includeParameter({ relationships }: Resource): Parameter {
  const names = relationships.map(({ name }) => name);
  const listed = names.map((name) => `\`${name}\``).join(", ");
  const list = relationships.find((one) => !isToOne(one));
  const paged =
    list && `\`page[${list.name}][size]=5\` answers it with cursors, \`sort[${list.name}]=…\` in another order.`;
  const many = list ? ` At most so many of a list by a number: \`${list.name}(5)\`; ${paged}` : "";
  return {
    name: "include",
    in: "query",
    style: "form",
    explode: false,
    description: `Related records to send along, separated by commas: ${listed}; deeper by a dot.${many}`,
    schema: {
      type: "array",
      minItems: 1,
      items: { type: "string", anyOf: includedSchemas(relationships) },
    },
    example: names.slice(0, 1),
  };
}

/** Their names, those of lists with a number, and what is below them. */
function includedSchemas(relationships: Resource["relationships"]): JsonSchema[] {
  const names = relationships.map(({ name }) => name);
  const lists = relationships.filter((one) => !isToOne(one)).map(({ name }) => name);
  return [
    { enum: names },
    ...(lists.length > 0 ? [{ pattern: `^(${lists.join("|")})\\([1-9][0-9]{0,2}\\)$` }] : []),
    { pattern: `^(${names.join("|")})(\\(\\d+\\))?(\\.\\w+(\\(\\d+\\))?)+$` },
  ];
}

const ifMatch: Parameter = {
  name: "If-Match",
  in: "header",
  description: "The ETag of the record that was changed; refused with 412 where it has changed since.",
  schema: { type: "string", pattern: '^(\\*|"\\d{1,18}")$' },
  example: '"3"',
};

const common: Readonly<Record<string, Parameter>> = {
  count: {
    name: "count",
    in: "query",
    description: "`exact` adds the number of all that match.",
    schema: { type: "string", enum: ["exact"] },
    example: "exact",
  },
  deleted: {
    name: "deleted",
    in: "query",
    description: "`only` lists the destroyed records, `shown` those as well.",
    schema: { type: "string", enum: ["only", "shown"] },
    example: "only",
  },
  "max-affected": {
    name: "max-affected",
    in: "query",
    required: true,
    description: "Nothing is changed where more records match.",
    schema: { type: "integer", minimum: 1, maximum: 10_000 },
    example: 20,
  },
  Prefer: {
    name: "Prefer",
    in: "header",
    description:
      "`return=minimal` answers without what was changed, `return=representation` also with what was deleted; `tx=rollback` tries a change and undoes it; `max-affected=…` bounds a change of many. Anything else is passed over, or refused with `handling=strict`.",
    schema: { type: "string" },
    example: "return=minimal",
  },
  "Idempotency-Key": {
    name: "Idempotency-Key",
    in: "header",
    description:
      "A key of the caller's choice, in quotes: a request that is sent again with the same key is answered as the first time and changes nothing more.",
    schema: { type: "string", pattern: '^"[ !#-\\[\\]-~]{1,255}"$' },
    example: '"8e03978e-40d5-43e8-bc93-6894a57f9324"',
  },
  "If-Match": ifMatch,
  "If-Match.required": { ...ifMatch, required: true },
  "If-None-Match": {
    name: "If-None-Match",
    in: "header",
    description:
      'The ETag of what the caller has already; answered with 304 where nothing has changed. `""` asks for an ETag.',
    schema: { type: "string" },
    example: '"3"',
  },
};
