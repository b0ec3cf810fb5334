import { AppError } from "../../errors/AppError.ts";
import { featureAttributes } from "../features/storedAttributes.ts";
import { fileOf } from "../naming/fileOf.ts";
import { foreignKeyField } from "../naming/foreignKeyField.ts";
import { fieldNameShape, optionNameShape, resourceNameShape } from "../naming/nameShape.ts";
import { reservedField, reservedOption, reservedType } from "../naming/reservedNames.ts";
import type { Model, Relationship, Resource } from "../types.ts";

/** @throws AppError `invalid_model` when no resource or value object of the model can be called so. */
export function checkResourceName(model: Model, name: string, field: string): void {
  const shape = resourceNameShape(name);
  if (shape) throw refused(field, "name_shape", shape);
  const meaning = reservedType(name);
  if (meaning) throw refused(field, "reserved_name", `\`${name}\` is ${meaning}. Choose another name.`);
  const isTaken = (other: { readonly name: string }) => other.name === name || fileOf(other.name) === fileOf(name);
  const resource = model.resources.find(isTaken);
  const taken = resource ?? model.valueObjects?.find(isTaken);
  const what = resource ? "resource" : "value object";
  if (taken)
    throw refused(field, "duplicate_name", `There is a ${what} \`${taken.name}\` already. Choose another name.`);
}

/** What has fields: a resource, or a value object, which has no relationships. */
type Fields = Pick<Resource, "name" | "attributes"> &
  Partial<Pick<Resource, "relationships" | "calculations" | "aggregates" | "features">>;

/** @throws AppError `invalid_model` when no attribute or relationship of the resource can be called so. */
export function checkFieldName(
  resource: Fields,
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

/** Every field of the resource's API: what is stored, worked out, brought by features, and foreign keys. */
function fieldNames({ attributes, relationships = [], calculations = [], aggregates = [], features }: Fields) {
  return [
    ...[...attributes, ...calculations, ...aggregates].map(({ name }) => name),
    ...(features ? featureAttributes(features).map(({ name }) => name) : []),
    ...relationships.flatMap((relationship) =>
      relationship.kind === "belongsTo" ? [relationship.name, foreignKeyField(relationship)] : [relationship.name],
    ),
  ];
}
