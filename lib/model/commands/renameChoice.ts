import { AppError } from "../../errors/AppError.ts";
import { optionsIn, withOptionsIn } from "../attributes/optionsIn.ts";
import type { Attribute, JsonValue, Model } from "../types.ts";
import { findOwner, findPart, isResource, withAttributes } from "./attributeOwner.ts";
import type { Change } from "./Change.ts";
import { changed } from "./Change.ts";
import type { CommandOf } from "./CommandOf.ts";
import { checkOptionName, refused } from "./checkName.ts";
import { mapEmbedded } from "./mapEmbedded.ts";

export function renameChoice(model: Model, command: CommandOf<"renameChoice">): Change {
  const owner = findOwner(model, command.resource);
  const attribute = findPart(owner, command.attribute);
  const { option, to } = command;
  const renamed = withOption(attribute, option, to);
  const attributes = owner.attributes.map((other) => (other === attribute ? renamed : other));
  const after = withAttributes(model, owner, attributes);
  if (isResource(owner)) return changed(after);
  const inParts = mapEmbedded(after, owner.name, (parts) =>
    Object.hasOwn(parts, attribute.name)
      ? { ...parts, [attribute.name]: withValue(parts[attribute.name] ?? null, option, to) }
      : parts,
  );
  return changed(inParts);
}

function withOption(attribute: Attribute, option: string, to: string): Attribute {
  const options = optionsIn(attribute.type) ?? [];
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
  const { default: value, example } = attribute;
  return {
    ...attribute,
    type: withOptionsIn(attribute.type, renamed),
    ...(value?.kind === "literal" ? { default: { kind: "literal", value: withValue(value.value, option, to) } } : {}),
    ...(example === undefined ? {} : { example: withValue(example, option, to) }),
  };
}

/** A choice, or a list of them, that names the option by its new name. */
function withValue(value: JsonValue, option: string, to: string): JsonValue {
  if (Array.isArray(value)) return value.map((item) => withValue(item, option, to));
  return value === option ? to : value;
}
