import { offeredNamedActions, offers } from "../../model/api/operations.ts";
import { isToOne } from "../../model/relationships/isToOne.ts";
import type { Attribute, Model, Resource } from "../../model/types.ts";
import { inputFields } from "../inputFields.ts";
import { Names } from "./Names.ts";

export interface SdkExample {
  readonly title: string;
  readonly code: string;
}

/** How the client of an app is used, in the words of the app itself; the same model gives the same examples. */
export function sdkExamples(model: Model, url: string): readonly SdkExample[] {
  const names = new Names(model);
  const resource = mostTelling(model);
  if (!resource) return [];
  const collection = names.collection(resource.name);
  const one = `${resource.name.charAt(0).toLowerCase()}${resource.name.slice(1)}`;
  const action = offeredNamedActions(resource, "rest").find((named) => {
    return named.type === "update" && inputFields(model, resource, named).every(({ required }) => !required);
  });
  return [
    {
      title: "Connect",
      code: `import { ${collection}, Refusal } from "./gantry.ts";\n\nconst app = { url: ${JSON.stringify(url)}, key: apiKey };`,
    },
    { title: "Read a list", code: listExample(resource, collection, one) },
    ...(offers(resource, "create", "rest")
      ? [{ title: "Create", code: createExample(model, resource, collection) }]
      : []),
    ...(action
      ? [{ title: `Do something: ${action.name}`, code: `await ${collection}.${action.name}(app, id, {});` }]
      : []),
    {
      title: "Read what was refused",
      code: `try {\n  await ${collection}.get(app, id);\n} catch (error) {\n  if (error instanceof Refusal) console.error(error.code, error.errors);\n  else throw error;\n}`,
    },
  ];
}

/** The one with the most to show: relationships, then fields. */
function mostTelling({ resources }: Model): Resource | undefined {
  const weight = ({ relationships, attributes }: Resource) => 10 * relationships.length + attributes.length;
  const readable = resources.filter((resource) => offers(resource, "read", "rest"));
  return readable.toSorted((one, other) => weight(other) - weight(one))[0];
}

function listExample(resource: Resource, collection: string, one: string): string {
  const choice = resource.attributes.find(({ type }) => type.kind === "choice");
  const text = resource.attributes.find(({ type }) => type.kind === "text");
  const related = resource.relationships.find(isToOne);
  const option = choice?.type.kind === "choice" ? choice.type.options[0]?.name : undefined;
  const lines = [
    ...(choice && option !== undefined ? [`  filter: { ${choice.name}: { eq: ${JSON.stringify(option)} } },`] : []),
    ...(text ? [`  sort: ${JSON.stringify(text.name)},`] : []),
    ...(related ? [`  include: { ${related.name}: true },`] : []),
    "  page: { size: 20 },",
  ];
  const shown = [`${one}.${text?.name ?? "id"}`, ...(related ? [`${one}.${related.name}?.id`] : [])].join(", ");
  return `const page = await ${collection}.list(app, {\n${lines.join("\n")}\n});\nfor (const ${one} of page.data) console.log(${shown});`;
}

function createExample(model: Model, resource: Resource, collection: string): string {
  const fields = inputFields(model, resource, { name: "create", type: "create" }).filter(
    (field) => field.required || (field.kind === "reference" && field.relationship.required),
  );
  const lines = fields.map((field) => {
    const value =
      field.kind === "reference"
        ? `${field.relationship.name}.id`
        : sample("attribute" in field ? field.attribute : null);
    return `  ${field.name}: ${value},`;
  });
  return `const { id } = await ${collection}.create(app, {\n${lines.join("\n")}\n});`;
}

function sample(attribute: Pick<Attribute, "type" | "example" | "name"> | null): string {
  if (attribute?.example !== undefined) return JSON.stringify(attribute.example);
  switch (attribute?.type.kind) {
    case "integer":
      return "1";
    case "boolean":
      return "true";
    case "decimal":
    case "bigint":
      return '"12"';
    case "choice":
      return JSON.stringify(attribute.type.options[0]?.name ?? "");
    case "date":
      return '"2026-01-31"';
    case "timestamp":
      return "new Date()";
    case "money":
      return `{ amount: "12.50", currency: ${JSON.stringify(attribute.type.currency ?? "EUR")} }`;
    case "list":
      return "[]";
    default:
      return JSON.stringify(attribute?.name ?? "");
  }
}
