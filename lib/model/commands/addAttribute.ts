import { defaultColumn } from "../naming/storedNames.ts";
import type { Attribute, Model } from "../types.ts";
import { findOwner, isResource, roleIn, withAttributes } from "./attributeOwner.ts";
import type { Change } from "./Change.ts";
import { changed } from "./Change.ts";
import type { CommandOf } from "./CommandOf.ts";
import { checkFieldName } from "./checkName.ts";
import { columnsOf, freeName } from "./freeName.ts";
import { withAttributeOptions } from "./withAttributeOptions.ts";

export function addAttribute(model: Model, { resource: of, name, options }: CommandOf<"addAttribute">): Change {
  const owner = findOwner(model, of);
  checkFieldName(owner, name, { field: "name", kind: "attribute" });
  const column = isResource(owner) ? freeName(defaultColumn(name), columnsOf(owner)) : name;
  const plain: Attribute = { name, column, type: options.type, required: false, unique: false };
  const attribute = withAttributeOptions(plain, options, roleIn(owner));
  return changed(withAttributes(model, owner, [...owner.attributes, attribute]));
}
