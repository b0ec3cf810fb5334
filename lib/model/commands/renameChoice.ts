import { AppError } from "../../errors/AppError.ts";
import type { Attribute, DefaultValue, Model } from "../types.ts";
import type { Change } from "./Change.ts";
import { changed, withResource } from "./Change.ts";
import type { CommandOf } from "./CommandOf.ts";
import { checkOptionName, refused } from "./checkName.ts";
import { findAttribute, findResource } from "./findParts.ts";

export function renameChoice(model: Model, command: CommandOf<"renameChoice">): Change {
  const resource = findResource(model, command.resource);
  const attribute = findAttribute(resource, command.attribute);
  const renamed = withOption(attribute, command.option, command.to);
  const attributes = resource.attributes.map((other) => (other === attribute ? renamed : other));
  return changed(withResource(model, { ...resource, attributes }));
}

function withOption(attribute: Attribute, option: string, to: string): Attribute {
  const options = attribute.type.kind === "choice" ? attribute.type.options : [];
  if (!options.some(({ name }) => name === option)) {
    throw new AppError("not_found", `\`${attribute.name}\` has no option \`${option}\` any more.`);
  }
  if (option === to) return attribute;
  checkOptionName(to, "to");
  if (options.some(({ name }) => name === to)) {
    throw refused(
      "to",
      "duplicate_name",
      `\`${attribute.name}\` has an option \`${to}\` already. Choose another name.`,
    );
  }
  const renamed = options.map(({ name, stored }) => ({ name: name === option ? to : name, stored }));
  const { default: old } = attribute;
  const isDefault = old?.kind === "literal" && old.value === option;
  const value: DefaultValue | undefined = isDefault ? { kind: "literal", value: to } : old;
  return { ...attribute, type: { kind: "choice", options: renamed }, ...(value ? { default: value } : {}) };
}
