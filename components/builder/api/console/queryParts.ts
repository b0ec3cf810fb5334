import { isListField } from "#lib/model/api/listFields.ts";
import type { Model, Resource } from "#lib/model/types.ts";
import { operatorsOf } from "#lib/plan/read/operators.ts";
import { pickableFields } from "../lists/pickableFields.ts";

/** A parameter that a list understands, with a value to begin with. */
export interface QueryPart {
  readonly label: string;
  readonly name: string;
  readonly value: string;
}

export interface QueryPartGroup {
  readonly title: string;
  readonly parts: readonly QueryPart[];
}

/** What the lists of a resource can be asked for, as far as it allows it. */
export function queryParts(model: Model, resource: Resource): readonly QueryPartGroup[] {
  const relationships = new Set(resource.relationships.map(({ name }) => name));
  const allowed = (use: "filterable" | "sortable") =>
    pickableFields(model, resource, use)
      .map(({ name }) => name)
      .filter((name) => !relationships.has(name) && isListField(resource, use, name));
  const groups: readonly QueryPartGroup[] = [
    {
      title: "Page",
      parts: [
        { label: "Records of a page", name: "page[size]", value: "10" },
        { label: "How many there are", name: "count", value: "exact" },
      ],
    },
    {
      title: "Filter",
      parts: allowed("filterable").map((name) => {
        const operator = operatorOf(resource, name);
        return {
          label: `${name} …`,
          name: `filter[${name}][${operator}]`,
          value: operator === "isNull" ? "false" : "",
        };
      }),
    },
    {
      title: "Sort",
      parts: allowed("sortable").map((name) => ({ label: `By ${name}`, name: "sort", value: name })),
    },
    {
      title: "Include",
      parts: resource.relationships.map(({ name }) => ({ label: name, name: "include", value: name })),
    },
    { title: "Fields", parts: [{ label: "Only some fields", name: "fields", value: "id" }] },
  ];
  return groups.filter(({ parts }) => parts.length > 0);
}

/** The operator that a filter on the field most likely has. */
function operatorOf({ attributes, calculations = [] }: Resource, name: string): string {
  const type = [...attributes, ...calculations].find((field) => field.name === name)?.type;
  return type ? (operatorsOf(type)[0] ?? "eq") : "eq";
}
