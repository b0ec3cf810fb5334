import { isStandardAction } from "../model/actions/actionsOf.ts";
import { foreignKeyField } from "../model/naming/foreignKeyField.ts";
import { ownsLinks } from "../model/relationships/ownsLinks.ts";
import type {
  Action,
  Argument,
  Attribute,
  BelongsTo,
  HasMany,
  HasOne,
  ManyToMany,
  Model,
  Resource,
} from "../model/types.ts";
import { writableAttributes } from "./writableAttributes.ts";

/** One thing that callers of an action give, under `name`. */
export type InputField = {
  readonly name: string;
  readonly required: boolean;
} & (
  | { readonly kind: "key" | "attribute"; readonly attribute: Attribute }
  | { readonly kind: "argument"; readonly attribute: Argument }
  | { readonly kind: "reference"; readonly relationship: BelongsTo }
  | { readonly kind: "links"; readonly relationship: ManyToMany }
  /** Records that are created as well. */
  | { readonly kind: "nested"; readonly relationship: BelongsTo | HasMany | HasOne }
);

/** What callers of an action that changes something give, arguments first. */
export function inputFields(
  model: Model,
  resource: Resource,
  named: Pick<Action, "name" | "type">,
): readonly InputField[] {
  const action = resource.definedActions?.find(({ name }) => name === named.name) ?? named;
  const { accept, arguments: declared = [], set = [], type } = action as Action;
  const isNew = type === "create";
  const accepts = (...names: readonly string[]) => {
    return accept ? names.some((name) => accept.includes(name)) : isStandardAction(named.name);
  };
  const ruled = new Set(set.map(({ field }) => field));
  const fields: InputField[] = declared.map((attribute) => {
    return { kind: "argument", name: attribute.name, attribute, required: attribute.required && !attribute.default };
  });
  if (type === "read" || type === "destroy") return fields;
  const { key } = resource;
  if (isNew && key.default?.kind !== "generated" && accepts("id")) {
    fields.push({ kind: "key", name: "id", attribute: key, required: key.default === undefined });
  }
  for (const attribute of writableAttributes(resource, isNew ? "create" : "update")) {
    const { name } = attribute;
    if (!accepts(name) || ruled.has(name)) continue;
    fields.push({ kind: "attribute", name, attribute, required: isNew && attribute.required && !attribute.default });
  }
  for (const relationship of resource.relationships) {
    if (relationship.kind === "belongsTo") {
      const name = foreignKeyField(relationship);
      if (!accepts(name, relationship.name) || ruled.has(name) || ruled.has(relationship.name)) continue;
      const nests = isNew && isCreatable(model, relationship.target);
      fields.push({ kind: "reference", name, relationship, required: isNew && relationship.required && !nests });
    } else if (ownsLinks(relationship) && accepts(relationship.name)) {
      fields.push({ kind: "links", name: relationship.name, relationship, required: false });
    }
  }
  if (!isNew || action.name !== "create") return fields;
  for (const relationship of resource.relationships) {
    if (relationship.kind === "manyToMany" || !isCreatable(model, relationship.target)) continue;
    if (!accepts(relationship.name)) continue;
    fields.push({ kind: "nested", name: relationship.name, relationship, required: false });
  }
  return fields;
}

/** The same for a record inside of another: nothing in it again, and nothing that the outer one gives. */
export function nestedFields(model: Model, resource: Resource): readonly InputField[] {
  return inputFields(model, resource, { name: "create", type: "create" })
    .filter(({ kind }) => kind !== "nested" && kind !== "links")
    .map((field) => (field.kind === "reference" ? { ...field, required: false } : field));
}

function isCreatable({ resources }: Model, name: string): boolean {
  return resources.some((resource) => resource.name === name && resource.actions.includes("create"));
}
