import { isAlwaysShown, leadsAlways } from "../../model/access/alwaysShown.ts";
import { computedAttributes } from "../../model/expressions/computedAttributes.ts";
import { storedAttributes } from "../../model/features/storedAttributes.ts";
import { foreignKeyField } from "../../model/naming/foreignKeyField.ts";
import { isToOne } from "../../model/relationships/isToOne.ts";
import type { Attribute, Model, Resource } from "../../model/types.ts";
import { conditionTypes } from "./conditionTypes.ts";
import { interfaceOf, literals, type Member, objectOf } from "./members.ts";
import type { Names } from "./Names.ts";
import { valueType } from "./valueTypes.ts";

/** What a record shows, how lists of it are filtered and sorted, and where its relationships lead. */
export function recordTypes(resource: Resource, model: Model, names: Names): string {
  const { name } = resource;
  const record = names.record(name);
  const computed = computedAttributes(model, resource);
  // What is kept in a column is shown like every attribute.
  const fields = computed.filter(({ column }) => column !== "");
  const asked = computed.filter(({ column }) => column === "");
  const shown = (attribute: Attribute) => shownMember(resource, attribute, names);
  const records = [
    { name: "id", type: keyType(model, name, names) },
    ...[...storedAttributes(resource), ...fields].map(shown),
    ...references(resource, model, names),
  ];
  return [
    choiceTypes(name, [...storedAttributes(resource), ...computed], names),
    interfaceOf(record, records, resource.describe),
    interfaceOf(names.of(name, "Computed"), asked.map(shown)),
    conditionTypes(resource, model, names),
    typesOf(resource, model, names),
  ].join("\n");
}

/** The type of the key of a resource's records. */
export function keyType(model: Model, name: string, names: Names): string {
  const resource = model.resources.find((candidate) => candidate.name === name);
  return resource ? valueType({ owner: name, name: "id", type: resource.key.type }, "output", names) : "string";
}

/** `export type DealStage = "lead" | "won";` */
export function choiceTypes(
  owner: string,
  attributes: readonly Pick<Attribute, "name" | "type">[],
  names: Names,
): string {
  return attributes
    .flatMap(({ name, type }) => {
      const choice = type.kind === "list" ? type.of : type;
      if (choice.kind !== "choice") return [];
      return `export type ${names.choice(owner, name)} = ${literals(choice.options.map((option) => option.name))};\n`;
    })
    .join("");
}

function shownMember(resource: Resource, attribute: Attribute, names: Names): Member {
  const { name, required, describe, deprecated } = attribute;
  const type = valueType({ owner: resource.name, ...attribute }, "output", names);
  const always = required && isAlwaysShown(resource, name);
  return { name, type: always ? type : `${type} | null`, describe, deprecated };
}

function references(resource: Resource, model: Model, names: Names): readonly Member[] {
  return resource.relationships.flatMap((relationship) => {
    if (relationship.kind !== "belongsTo") return [];
    const { required, target, describe, deprecated } = relationship;
    const key = keyType(model, target, names);
    const always = required && isAlwaysShown(resource, relationship.name);
    return { name: foreignKeyField(relationship), type: always ? key : `${key} | null`, describe, deprecated };
  });
}

/** All of it together, as the functions take it. */
function typesOf(resource: Resource, model: Model, names: Names): string {
  const { name, relationships } = resource;
  const target = (one: boolean) =>
    relationships
      .filter((relationship) => isToOne(relationship) === one)
      .map((relationship) => ({ name: relationship.name, type: names.of(relationship.target, "Types") }));
  const optional = relationships.filter((one) => isToOne(one) && !leadsAlways(model, resource, one));
  return interfaceOf(names.of(name, "Types"), [
    { name: "key", type: keyType(model, name, names) },
    { name: "record", type: names.record(name) },
    { name: "computed", type: names.of(name, "Computed") },
    { name: "one", type: objectOf(target(true)) },
    { name: "many", type: objectOf(target(false)) },
    { name: "optional", type: literals(optional.map((relationship) => relationship.name)) },
    { name: "filter", type: names.of(name, "Filter") },
    { name: "sort", type: names.of(name, "Sort") },
  ]);
}
