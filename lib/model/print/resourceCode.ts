import { pluralOf } from "../naming/pluralOf.ts";
import { defaultTable } from "../naming/storedNames.ts";
import { defaultKey, resourceOptions } from "../read/readResource.ts";
import type { Attribute, Index, Resource } from "../types.ts";
import type { OptionCode } from "./attributeCode.ts";
import { attributeCode } from "./attributeCode.ts";
import type { Code } from "./Code.ts";
import { list, object } from "./Code.ts";
import { textsCode } from "./literalCode.ts";
import { quoteText } from "./quoteText.ts";
import { relationshipCode } from "./relationshipCode.ts";
import type { Style } from "./Style.ts";
import { sectionCodes } from "./sectionCodes.ts";

/** What a resource says of itself, less all that is the default, in the order in which it is written. */
export function resourceOptionCodes(resource: Resource, style: Style): readonly OptionCode[] {
  const { relationships } = resource;
  const members = relationships.map((member) => [member.name, relationshipCode(member, resource, style)] as const);
  const rank = ([name]: OptionCode) => resourceOptions.indexOf(name);
  const codes: readonly OptionCode[] = [
    ...(resource.describe === undefined ? [] : [["describe", quoteText(resource.describe, style)] as const]),
    ...(resource.plural === pluralOf(resource.name) ? [] : [["plural", quoteText(resource.plural, style)] as const]),
    ...(resource.table === defaultTable(resource) ? [] : [["table", quoteText(resource.table, style)] as const]),
    ...(isDefaultKey(resource.key) ? [] : [["key", attributeCode(resource.key, style, "key")] as const]),
    ["attributes", attributesCode(resource.attributes, style)],
    ...(relationships.length === 0 ? [] : [["relationships", { ...object(members), open: true }] as const]),
    ...(resource.indexes.length === 0 ? [] : [["indexes", indexesCode(resource.indexes, style)] as const]),
    ...sectionCodes(resource, style),
  ];
  return codes.toSorted((one, other) => rank(one) - rank(other));
}

export function indexesCode(indexes: readonly Index[], style: Style): Code {
  return list(indexes.map((index) => textsCode(indexTexts(index), style)));
}

/** `["stage", "-createdAt"]`. */
export function indexTexts(index: Index): readonly string[] {
  return index.fields.map(({ name, descending }) => (descending ? `-${name}` : name));
}

function attributesCode(attributes: readonly Attribute[], style: Style): Code {
  const members = attributes.map((attribute) => [attribute.name, attributeCode(attribute, style)] as const);
  return { ...object(members), open: true };
}

function isDefaultKey(key: Attribute): boolean {
  return (
    key.column === defaultKey.column &&
    key.type.kind === "uuid" &&
    key.default?.kind === "uuid" &&
    key.describe === undefined
  );
}
