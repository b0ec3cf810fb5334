import { computedAttributes } from "../../model/expressions/computedAttributes.ts";
import { storedAttributes } from "../../model/features/storedAttributes.ts";
import type { AttributeType, Model, ValueObject } from "../../model/types.ts";
import { operatorsSdl } from "./commonSdl.ts";
import { deprecatedSdl } from "./deprecatedSdl.ts";
import { description } from "./description.ts";
import { enumFilters, enumSdl, listFilterSdl } from "./enumSdl.ts";
import { scalars } from "./graphqlNames.ts";
import { filterType, inputType, orderType, outputType } from "./valueTypes.ts";

/** Types of values that not every app has, as far as this one has them, and its value objects. */
export function valueSdl(model: Model): string[] {
  const parts = new Map<string, string>();
  for (const type of typesIn(model)) {
    if (type.kind === "time") {
      parts.set(
        "Time",
        `"A time of day, HH:MM:SS with at most six digits after it."\nscalar Time @specifiedBy(url: "https://www.rfc-editor.org/rfc/rfc3339#section-5.6")`,
      );
      parts.set("TimeFilter", operatorsSdl("Time", "time"));
    }
    if (type.kind === "duration") {
      parts.set(
        "Duration",
        `"A length of time, ISO 8601 in hours, minutes and seconds."\nscalar Duration @specifiedBy(url: "https://www.rfc-editor.org/rfc/rfc3339#appendix-A")`,
      );
      parts.set("DurationFilter", operatorsSdl("Duration", "duration"));
    }
    if (type.kind === "money") parts.set("Money", moneySdl);
    if (type.kind === "file") parts.set("StoredFile", fileSdl);
    if (type.kind === "vector" || type.kind === "encrypted") parts.set("PresenceFilter", presenceSdl);
    if (type.kind === "embed" && type.many) parts.set("ValueListFilter", valueListSdl);
    if (type.kind === "list" && type.of.kind !== "choice") {
      const item = scalars[type.of.kind];
      parts.set(`${item}ListFilter`, listFilterSdl(item));
    }
  }
  const order = [...parts.keys()].sort();
  return [...order.flatMap((name) => parts.get(name) ?? []), ...(model.valueObjects ?? []).flatMap(valueObjectSdl)];
}

/** Every type that an attribute, a calculation or the items of one have. */
function typesIn(model: Model): readonly AttributeType[] {
  const { resources, valueObjects = [] } = model;
  const types = [
    ...resources.flatMap((resource) => [...storedAttributes(resource), ...computedAttributes(model, resource)]),
    ...valueObjects.flatMap(({ attributes }) => attributes),
  ].map(({ type }) => type);
  return types.flatMap((type): readonly AttributeType[] => (type.kind === "list" ? [type, type.of] : [type]));
}

const moneySdl = [
  '"An exact amount and its currency, ISO 4217."\ntype Money {\n  amount: Decimal!\n  currency: String!\n}',
  'input MoneyInput {\n  amount: Decimal!\n  "May be left out where all amounts have one currency."\n  currency: String\n}',
  inputSdlOf("MoneyFilter", [
    ...operatorsSdl("MoneyInput", "money")
      .split("\n")
      .slice(1, -1)
      .map((line) => line.trim()),
    "amount: DecimalFilter",
    "currency: StringFilter",
  ]),
].join("\n\n");

const fileSdl = [
  '"Content that is kept apart from the record; `url` is its address below that of the app."\ntype StoredFile {\n  name: String!\n  "In bytes."\n  size: Int!\n  mediaType: String!\n  url: String!\n}',
  "input StoredFileFilter {\n  isNull: Boolean\n  name: StringFilter\n  size: IntFilter\n  mediaType: StringFilter\n}",
].join("\n\n");

const presenceSdl = "input PresenceFilter {\n  isNull: Boolean\n}";
const valueListSdl = "input ValueListFilter {\n  isEmpty: Boolean\n  isNull: Boolean\n}";

/** The type of a value object, what it is given as, filtered and sorted by. */
function valueObjectSdl(owner: ValueObject): string[] {
  const { name, attributes } = owner;
  const shown = attributes.map((attribute) => {
    const type = `${outputType(owner, attribute)}${attribute.required ? "!" : ""}`;
    const deprecated = deprecatedSdl(attribute.deprecated);
    return `${description(attribute.describe, "  ")}  ${attribute.name}: ${type}${deprecated}`;
  });
  const given = attributes.map((attribute) => {
    const must = attribute.required && attribute.default === undefined;
    return `${attribute.name}: ${inputType(owner, attribute)}${must ? "!" : deprecatedSdl(attribute.deprecated)}`;
  });
  const presence = attributes.some((attribute) => attribute.name === "isNull") ? [] : ["isNull: Boolean"];
  const filters = attributes.map((attribute) => `${attribute.name}: ${filterType(owner, attribute)}`);
  const orders = attributes.flatMap((attribute) => {
    const type = orderType(attribute.type);
    return type === null ? [] : [`${attribute.name}: ${type}`];
  });
  return [
    `${description(owner.describe)}type ${name} {\n${(shown.length > 0 ? shown : ["  _: Boolean"]).join("\n")}\n}`,
    inputSdlOf(`${name}Input`, given.length > 0 ? given : ["_: Boolean"]),
    inputSdlOf(`${name}Filter`, [...presence, ...filters]),
    inputSdlOf(`${name}OrderBy`, orders.length > 0 ? orders : ["_: SortDirection"]),
    ...enumSdl(owner, attributes),
    ...enumFilters(owner, attributes),
  ];
}

function inputSdlOf(name: string, fields: readonly string[]): string {
  return `input ${name} {\n${fields.map((field) => `  ${field}`).join("\n")}\n}`;
}
