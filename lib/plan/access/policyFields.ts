import { foreignKeyField } from "../../model/naming/foreignKeyField.ts";
import type { Resource } from "../../model/types.ts";

/** A belongsTo and the field that holds its key are one; the field comes first. */
export function policyFields({ relationships }: Resource, name: string): readonly string[] {
  const reference = relationships.find(
    (candidate) => candidate.kind === "belongsTo" && [candidate.name, foreignKeyField(candidate)].includes(name),
  );
  return reference?.kind === "belongsTo" ? [foreignKeyField(reference), reference.name] : [name];
}
