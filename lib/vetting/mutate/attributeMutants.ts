import { actionsOf } from "../../model/actions/actionsOf.ts";
import { spokenName } from "../../model/naming/spokenName.ts";
import type { Attribute, Resource } from "../../model/types.ts";
import { capital } from "../../model/words/capital.ts";
import type { Mutants } from "./Mutants.ts";

/** Attributes that bind less, or by one more or less. */
export function attributeMutants(into: Mutants): void {
  const accepted = new Set(actionsOf(into.resource).map(({ type }) => type));
  if (!accepted.has("create") && !accepted.has("update")) return;
  for (const attribute of into.resource.attributes) {
    const { name } = attribute;
    const words = `the ${spokenName(name)} of ${into.one}`;
    const part = (member: string) => ["attributes", name, member];
    for (const bound of ["min", "max", "minLength", "maxLength", "pattern", "minItems", "maxItems"] as const) {
      const value = attribute[bound];
      if (value === undefined || attribute.writable === "readOnly") continue;
      const { [bound]: _gone, ...open } = attribute;
      into.add({
        kind: "bound",
        part: part(bound),
        sentence: `Without the ${bounds[bound]} ${value} for ${words}.`,
        change: withAttribute(into.resource, attribute, open),
      });
    }
    if (
      attribute.required &&
      attribute.default === undefined &&
      attribute.writable !== "readOnly" &&
      attribute.type.kind !== "sequence" &&
      attribute.type.kind !== "file"
    ) {
      into.add({
        kind: "required",
        part: part("required"),
        sentence: `${capital(words)} may be left out.`,
        change: withAttribute(into.resource, attribute, { ...attribute, required: false }),
        sameTables: false,
      });
    }
    if (attribute.unique && attribute.type.kind !== "sequence") {
      into.add({
        kind: "unique",
        part: part("unique"),
        sentence: `Two ${spokenName(into.resource.plural)} may have the same ${spokenName(name)}.`,
        change: withAttribute(into.resource, attribute, { ...attribute, unique: false }),
        sameTables: false,
      });
    }
    if (attribute.writable !== undefined && attribute.type.kind !== "file") {
      const { writable: _gone, ...open } = attribute;
      into.add({
        kind: "writable",
        part: part("writable"),
        sentence: `Everybody may give ${words}.`,
        change: withAttribute(into.resource, attribute, open),
      });
    }
  }
}

function withAttribute(resource: Resource, attribute: Attribute, next: Attribute): Partial<Resource> {
  return { attributes: resource.attributes.map((each) => (each === attribute ? next : each)) };
}

const bounds = {
  min: "least value",
  max: "greatest value",
  minLength: "least length",
  maxLength: "greatest length",
  pattern: "pattern",
  minItems: "least number of items",
  maxItems: "greatest number of items",
} as const;
