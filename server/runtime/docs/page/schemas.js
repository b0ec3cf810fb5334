import { badge, element, rich, tableOf } from "./dom.js";

/** What a reference of the document leads to; anything else as it is. */
export function follow(api, part) {
  if (!part?.$ref) return part;
  return part.$ref
    .split("/")
    .slice(1)
    .reduce((at, name) => at[name], api);
}

const refName = (ref) => ref.slice(ref.lastIndexOf("/") + 1).replace(/_$/, "");

/** A type in a few words: `list of Note`, `date or null`. */
export function typeText(schema) {
  if (schema.$ref) return refName(schema.$ref);
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) {
    const names = namesOf(schema);
    const text = names.length > mostNames ? `one of ${names.length} names` : names.join(" | ");
    return text + (schema.enum.includes(null) ? " or null" : "");
  }
  const types = [schema.type ?? []].flat();
  const choices = schema.oneOf ?? schema.anyOf;
  if (choices && types[0] !== "object" && types[0] !== "string") {
    return [...new Set(choices.map(typeText))].join(" or ");
  }
  const [first] = types.filter((type) => type !== "null");
  const one = first === "array" ? `list of ${typeText(schema.items ?? {})}` : (schema.format ?? first ?? "any");
  return types.includes("null") ? `${one} or null` : one;
}

/** More of them are shown beside, where somebody wants to see them. */
const mostNames = 8;

const namesOf = (schema) => (schema.enum ?? []).filter((value) => value !== null).map(String);

/** All names of a long choice, or of a list of it. */
function namesView(schema) {
  const names = namesOf(schema.type === "array" ? (schema.items ?? {}) : schema);
  if (names.length <= mostNames) return null;
  const all = names.flatMap((name, index) => [index > 0 ? ", " : "", element("code", {}, name)]);
  return element("details", { class: "names" }, element("summary", {}, "All names"), all);
}

const bound = (text, value) => (value === undefined ? [] : [`${text} ${value}.`]);

const limits = (schema) =>
  [
    ...bound("At least", schema.minimum),
    ...bound("At most", schema.maximum),
    ...(schema.minLength === undefined ? [] : [`At least ${schema.minLength} characters.`]),
    ...(schema.maxLength === undefined ? [] : [`At most ${schema.maxLength} characters.`]),
    ...(schema.minItems === undefined ? [] : [`At least ${schema.minItems} items.`]),
    ...(schema.maxItems === undefined ? [] : [`At most ${schema.maxItems} items.`]),
    ...(schema.default === undefined ? [] : [`Default \`${JSON.stringify(schema.default)}\`.`]),
  ].join(" ");

/** The objects that a schema may be, without lists around them. */
function objectsOf(api, schema) {
  const whole = follow(api, schema);
  const choices = whole.properties ? null : (whole.oneOf ?? whole.anyOf);
  if (choices) return objectsOf(api, choices[0]);
  return whole.type === "array" ? objectsOf(api, whole.items) : whole;
}

/** The members of an object, what is deprecated among them marked; null where a schema has none. */
export function membersView(api, schema) {
  const { properties = {}, required = [] } = objectsOf(api, schema);
  const must = new Set(required);
  const rows = Object.entries(properties).map(([name, property]) => [
    [
      element("code", {}, name),
      must.has(name) && badge("required", "must"),
      property.deprecated && badge("deprecated", "old"),
    ],
    typeText(property),
    [...rich([property.description ?? "", limits(property)].filter(Boolean).join(" ")), namesView(property)],
  ]);
  return rows.length > 0 ? tableOf(["Field", "Type", "Notes"], rows) : null;
}

/** The fields of a filter with the operators that each understands. */
function operatorsView(api, { name, schema }) {
  if (name !== "filter") return null;
  const { properties = {} } = objectsOf(api, schema);
  const fields = Object.entries(properties).filter(([, field]) => field.properties);
  const lines = fields.map(([field, { properties: operators, deprecated }]) =>
    element(
      "li",
      {},
      element("code", {}, field),
      deprecated && badge("deprecated", "old"),
      ` ${Object.keys(operators).join(", ")}`,
    ),
  );
  const summary = element("summary", {}, "Fields and their operators");
  return lines.length > 0 ? element("details", { class: "names" }, summary, element("ul", {}, ...lines)) : null;
}

export function parametersView(api, parameters) {
  const rows = parameters.map((parameter) => [
    [
      element("code", {}, parameter.name),
      parameter.required && badge("required", "must"),
      parameter.deprecated && badge("deprecated", "old"),
      element("span", { class: "place" }, parameter.in),
    ],
    typeText(parameter.schema),
    [...rich(parameter.description ?? ""), namesView(parameter.schema), operatorsView(api, parameter)],
  ]);
  return tableOf(["Parameter", "Type", "Meaning"], rows);
}

/** The first example of a media type, as it would be sent. */
export function exampleText(api, media) {
  const [example] = Object.values(media?.examples ?? {});
  const value = follow(api, example)?.value;
  if (value === undefined) return null;
  return typeof value === "string" ? value : JSON.stringify(value, null, 2);
}
