import { AppError } from "../../errors/AppError.ts";
import { fileOf } from "../naming/fileOf.ts";
import { foreignKeyField } from "../naming/foreignKeyField.ts";
import { fieldNameShape, optionNameShape, resourceNameShape } from "../naming/nameShape.ts";
import { reservedField, reservedOption, reservedType } from "../naming/reservedNames.ts";
import type { Model, Relationship, Resource } from "../types.ts";

/** @throws AppError `invalid_model` when no resource of the model can be called so. */
export function checkResourceName(model: Model, name: string, field: string): void {
  const shape = resourceNameShape(name);
  if (shape) throw refused(field, "name_shape", shape);
  const meaning = reservedType(name);
  if (meaning) throw refused(field, "reserved_name", `\`${name}\` is ${meaning}. Choose another name.`);
  const taken = model.resources.find((resource) => resource.name === name || fileOf(resource.name) === fileOf(name));
  if (taken)
    throw refused(field, "duplicate_name", `There is a resource \`${taken.name}\` already. Choose another name.`);
}

/** @throws AppError `invalid_model` when no attribute or relationship of the resource can be called so. */
export function checkFieldName(
  resource: Resource,
  name: string,
  { field, kind }: { readonly field: string; readonly kind: "attribute" | Relationship["kind"] },
): void {
  const shape = fieldNameShape(name);
  if (shape) throw refused(field, "name_shape", shape);
  const meaning = reservedField(name);
  if (meaning) throw refused(field, "reserved_name", `\`${name}\` is ${meaning}. Choose another name.`);
  const fields = kind === "belongsTo" ? [name, foreignKeyField({ name })] : [name];
  const clash = fieldNames(resource).find((other) => fields.includes(other));
  if (clash === undefined) return;
  const message = `\`${resource.name}\` has a \`${clash}\` already. Choose another name.`;
  throw refused(field, "duplicate_name", message);
}

/** @throws AppError `invalid_model` when no option of a choice can be called so. */
export function checkOptionName(name: string, field: string): void {
  const shape = optionNameShape(name);
  if (shape) throw refused(field, "name_shape", shape);
  const meaning = reservedOption(name);
  if (meaning) throw refused(field, "reserved_name", `\`${name}\` is ${meaning}. Choose another name.`);
}

export function refused(field: string, rule: string, message: string): AppError {
  return new AppError("invalid_model", message, { fields: [{ field, rule, message }] });
}

/** Every field of the resource's API: attributes, relationships and foreign keys. */
function fieldNames({ attributes, relationships }: Resource): readonly string[] {
  return [
    ...attributes.map(({ name }) => name),
    ...relationships.flatMap((relationship) =>
      relationship.kind === "belongsTo" ? [relationship.name, foreignKeyField(relationship)] : [relationship.name],
    ),
  ];
}
