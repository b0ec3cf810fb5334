import { defaultColumn } from "../naming/storedNames.ts";
import type { Attribute, Model } from "../types.ts";
import type { Change } from "./Change.ts";
import { changed, withResource } from "./Change.ts";
import type { CommandOf } from "./CommandOf.ts";
import { checkFieldName } from "./checkName.ts";
import { findResource } from "./findParts.ts";
import { columnsOf, freeName } from "./freeName.ts";
import { withAttributeOptions } from "./withAttributeOptions.ts";

export function addAttribute(model: Model, { resource: of, name, options }: CommandOf<"addAttribute">): Change {
  const resource = findResource(model, of);
  checkFieldName(resource, name, { field: "name", kind: "attribute" });
  const column = freeName(defaultColumn(name), columnsOf(resource));
  const plain: Attribute = { name, column, type: options.type, required: false, unique: false };
  const attribute = withAttributeOptions(plain, options);
  return changed(withResource(model, { ...resource, attributes: [...resource.attributes, attribute] }));
}
