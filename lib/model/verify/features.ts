import { sameType } from "../../expression/types.ts";
import { tenantType } from "../expressions/actorType.ts";
import { aggregateType } from "../expressions/aggregateType.ts";
import { fieldType } from "../expressions/expressionsOf.ts";
import { resourceTypes } from "../expressions/resourceTypes.ts";
import type { AttributeKind, Features, Model, Resource } from "../types.ts";
import { nameHint } from "./nameHint.ts";
import type { Finding, Rule } from "./Rule.ts";
import { problemAt } from "./Rule.ts";

const texts: readonly AttributeKind[] = ["text", "email", "url", "phone", "sequence"];

/** Features name fields that can serve them. */
export const features: Rule = (draft, places) =>
  draft.resources.flatMap((resource) =>
    resource.features ? findings(draft, resource, resource.features).map((finding) => problemAt(places, finding)) : [],
  );

function findings(model: Model, resource: Resource, { tenant, search, order }: Features): readonly Finding[] {
  return [
    ...(tenant === undefined ? [] : tenantFindings(model, resource, tenant)),
    ...(search === undefined ? [] : searchFindings(resource, search.fields)),
    ...(order === undefined ? [] : orderFindings(model, resource, order)),
  ];
}

function tenantFindings(model: Model, resource: Resource, name: string): readonly Finding[] {
  const path = [resource.name, "features", "tenant"];
  const attribute = resource.attributes.find((candidate) => candidate.name === name);
  const relationship = resource.relationships.find((candidate) => candidate.name === name);
  const belongsTo = relationship?.kind === "belongsTo" ? relationship : undefined;
  const field = attribute ?? belongsTo;
  if (!field) {
    const names = [
      ...resource.attributes.map((one) => one.name),
      ...resource.relationships.filter(({ kind }) => kind === "belongsTo").map((one) => one.name),
    ];
    const message = `\`${resource.name}\` has no field \`${name}\`. ${nameHint(name, names, "Name a required attribute or belongsTo.")}`;
    return [{ code: "unknown_field", path, message }];
  }
  if (!field.required) {
    const message = `\`${name}\` must be required: a record without a tenant would belong to nobody.`;
    const fix = attribute
      ? ({ type: "setAttribute", resource: resource.name, attribute: name, options: { required: true } } as const)
      : ({ type: "setRelationship", resource: resource.name, relationship: name, required: true } as const);
    return [{ code: "tenant", path, message, fix: { title: `Require ${name}`, command: fix } }];
  }
  const type = fieldType(model, resource.name, name);
  const allowed = type && ["text", "uuid", "integer", "choice"].includes(type.kind);
  if (type && !allowed) {
    return [
      {
        code: "tenant",
        path,
        message: `\`${name}\` cannot tell tenants apart. Name a text, a number, a UUID or a belongsTo.`,
      },
    ];
  }
  if (!type || sameType(type, tenantType(model))) return [];
  const message = "The tenants of another resource are told apart by values of another type. Let all name the same.";
  return [{ code: "tenant", path, message }];
}

function searchFindings(resource: Resource, fields: readonly string[]): readonly Finding[] {
  const names = resource.attributes.filter(({ type }) => texts.includes(type.kind)).map(({ name }) => name);
  return fields.flatMap((name, index) => {
    const path = [resource.name, "features", "search", String(index)];
    if (fields.indexOf(name) < index)
      return [{ code: "duplicate_name", path, message: `\`${name}\` is here twice. Remove one.` }];
    if (names.includes(name)) return [];
    const message = `\`${resource.name}\` has no text \`${name}\` to search in. ${nameHint(name, names, "Name a text attribute.")}`;
    return [{ code: "unknown_field", path, message }];
  });
}

function orderFindings(model: Model, resource: Resource, order: NonNullable<Features["order"]>): readonly Finding[] {
  const members = resourceTypes(model).of(resource.name)?.members;
  const names = [...(members ?? [])].flatMap(([name, member]) =>
    member.kind === "field" && aggregateType("min", member.type) ? [name] : [],
  );
  const seen = new Set<string>();
  return order.flatMap(({ name }, index) => {
    const path = [resource.name, "features", "order", String(index)];
    const twice = seen.has(name);
    seen.add(name);
    if (twice) return [{ code: "duplicate_name", path, message: `\`${name}\` is here twice. Remove one.` }];
    if (names.includes(name)) return [];
    const message = `Lists of \`${resource.name}\` cannot be sorted by \`${name}\`. ${nameHint(name, names, "Name a field with an order.")}`;
    return [{ code: "unknown_field", path, message }];
  });
}
