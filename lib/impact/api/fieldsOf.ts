import { isAlwaysShown } from "../../model/access/alwaysShown.ts";
import { relationshipIdentity } from "../../model/diff/identity.ts";
import { computedAttributes } from "../../model/expressions/computedAttributes.ts";
import { storedAttributes } from "../../model/features/storedAttributes.ts";
import { foreignKeyField } from "../../model/naming/foreignKeyField.ts";
import type { Attribute, Deprecation, Model, Relationship, Resource } from "../../model/types.ts";

/** What records show under a name: a value, or what a relationship leads to. */
export interface ShownField {
  readonly name: string;
  /** Other names that go with it: the key of a belongsTo. */
  readonly also: readonly string[];
  /** What it stays the same by through renames. */
  readonly identity: string;
  /** Every answer with it has a value. */
  readonly always: boolean;
  readonly deprecated: Deprecation | undefined;
  readonly attribute: Attribute | null;
  readonly relationship: Relationship | null;
}

/** What records of a resource show, the key first. */
export function fieldsOf(model: Model, resource: Resource): readonly ShownField[] {
  const shown = (attribute: Attribute, identity: string): ShownField => ({
    name: attribute.name,
    also: [],
    identity,
    always: attribute.required && isAlwaysShown(resource, attribute.name),
    deprecated: attribute.deprecated,
    attribute,
    relationship: null,
  });
  return [
    shown(resource.key, "key"),
    ...storedAttributes(resource).map((attribute) => shown(attribute, `column ${attribute.column}`)),
    ...computedAttributes(model, resource).map((attribute) =>
      shown(attribute, attribute.column === "" ? `computed ${attribute.name}` : `column ${attribute.column}`),
    ),
    ...resource.relationships.map(
      (relationship): ShownField => ({
        name: relationship.name,
        also: relationship.kind === "belongsTo" ? [foreignKeyField(relationship)] : [],
        identity: relationshipIdentity(relationship, model),
        always:
          relationship.kind === "belongsTo" && relationship.required && isAlwaysShown(resource, relationship.name),
        deprecated: relationship.deprecated,
        attribute: null,
        relationship,
      }),
    ),
  ];
}
