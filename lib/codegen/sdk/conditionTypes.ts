import { isListField } from "../../model/api/listFields.ts";
import { computedAttributes } from "../../model/expressions/computedAttributes.ts";
import { storedAttributes } from "../../model/features/storedAttributes.ts";
import { foreignKeyField } from "../../model/naming/foreignKeyField.ts";
import { isToOne } from "../../model/relationships/isToOne.ts";
import type { Attribute, Model, Resource } from "../../model/types.ts";
import { partsOf } from "../../plan/catalog/partsOf.ts";
import { isSortable, operandType, operatorsOf } from "../../plan/read/operators.ts";
import { interfaceOf, literals, type Member, objectOf } from "./members.ts";
import type { Names } from "./Names.ts";
import { type Typed, valueType } from "./valueTypes.ts";

type Compared = Pick<Attribute, "name" | "type" | "deprecated">;

/** `DealConditions`, `DealFilter`, `DealSort` */
export function conditionTypes(resource: Resource, model: Model, names: Names): string {
  const { name, features } = resource;
  const conditions = names.of(name, "Conditions");
  const filter = names.of(name, "Filter");
  const groups: readonly Member[] = [
    { name: "and", type: `readonly ${filter}[]`, optional: true },
    { name: "or", type: `readonly ${filter}[]`, optional: true },
    { name: "not", type: filter, optional: true },
    ...(features?.search ? [{ name: "search", type: "string", optional: true, describe: "Words to look for." }] : []),
  ];
  return [
    interfaceOf(conditions, conditionsOf(resource, model, names)),
    // An attribute of such a name is filtered by in a group of its own.
    `export type ${filter} = Omit<${conditions}, "and" | "or" | "not"${features?.search ? ' | "search"' : ""}> & ${objectOf(groups)};\n`,
    `export type ${names.of(name, "Sort")} = \`\${"" | "-"}\${${sorts(resource, model).join(" | ") || "never"}}\`;\n`,
  ].join("\n");
}

function comparedFields(resource: Resource, model: Model): readonly Compared[] {
  const references = resource.relationships.flatMap((relationship): Compared[] => {
    if (relationship.kind !== "belongsTo") return [];
    const target = model.resources.find(({ name }) => name === relationship.target);
    return target ? [{ name: foreignKeyField(relationship), type: target.key.type }] : [];
  });
  const key: Compared = { name: "id", type: resource.key.type };
  return [key, ...storedAttributes(resource), ...computedAttributes(model, resource), ...references];
}

function conditionsOf(resource: Resource, model: Model, names: Names): readonly Member[] {
  const fields = comparedFields(resource, model).map(({ name, type, deprecated }): Member => {
    return {
      name,
      type: fieldCondition({ owner: resource.name, name, type }, model, names),
      optional: true,
      deprecated,
    };
  });
  const related = resource.relationships.map(({ name, target }): Member => {
    return { name, type: names.of(target, "Conditions"), optional: true };
  });
  return [...fields, ...related].filter(({ name }) => isListField(resource, "filterable", name));
}

/** The operators of a field, and those of its parts. */
function fieldCondition(typed: Typed, model: Model, names: Names): string {
  const operand = valueType({ ...typed, type: operandType(typed.type) }, "operand", names);
  const own = `Operators<${operand}, ${literals(operatorsOf(typed.type))}>`;
  const owner = typed.type.kind === "embed" ? typed.type.valueObject : typed.owner;
  const parts = [...partsOf(model, typed.type).values()].map(({ name, type }): Member => {
    return { name, type: fieldCondition({ owner, name, type }, model, names), optional: true };
  });
  return parts.length === 0 ? own : `${own} & ${objectOf(parts)}`;
}

/** What lists are sorted by: fields, and what is behind a relationship to one or inside a value. */
function sorts(resource: Resource, model: Model): readonly string[] {
  const fields = comparedFields(resource, model).flatMap(({ name, type }) => {
    const own = isSortable(type.kind) ? [{ name, text: JSON.stringify(name) }] : [];
    return partsOf(model, type).size > 0 ? [...own, { name, text: `\`${name}.\${string}\`` }] : own;
  });
  const related = resource.relationships.filter(isToOne).map(({ name }) => ({ name, text: `\`${name}.\${string}\`` }));
  return [...fields, ...related].filter(({ name }) => isListField(resource, "sortable", name)).map(({ text }) => text);
}
