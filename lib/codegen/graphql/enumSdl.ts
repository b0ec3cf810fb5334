import { enumName } from "../../model/naming/enumName.ts";
import type { Attribute } from "../../model/types.ts";
import { operatorsSdl } from "./commonSdl.ts";
import { choiceIn } from "./valueTypes.ts";

type Typed = Pick<Attribute, "name" | "type">;

/** The enums of choices, and of lists of them. */
export function enumSdl(owner: { readonly name: string }, attributes: readonly Typed[]): string[] {
  return attributes.flatMap((attribute) => {
    const choice = choiceIn(attribute.type);
    if (!choice) return [];
    const options = choice.options.map(({ name }) => `  ${name}`).join("\n");
    return [`enum ${enumName(owner, attribute)} {\n${options}\n}`];
  });
}

/** What they are filtered by. */
export function enumFilters(owner: { readonly name: string }, attributes: readonly Typed[]): string[] {
  return attributes.flatMap((attribute) => {
    const name = enumName(owner, attribute);
    if (attribute.type.kind === "choice") return [operatorsSdl(name, "choice")];
    return choiceIn(attribute.type) ? [listFilterSdl(name)] : [];
  });
}

/** What a list of such values is filtered by. */
export function listFilterSdl(item: string): string {
  return `input ${item}ListFilter {\n  has: ${item}\n  hasAny: [${item}!]\n  isEmpty: Boolean\n  isNull: Boolean\n}`;
}
