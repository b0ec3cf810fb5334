import { aggregateType } from "../expressions/aggregateType.ts";
import { resourceAlong, resourceNamed } from "../expressions/resourceAlong.ts";
import { resourceTypes } from "../expressions/resourceTypes.ts";
import { isToOne } from "../relationships/isToOne.ts";
import type { Aggregate, Model, Resource } from "../types.ts";
import { nameHint } from "./nameHint.ts";
import type { Finding, Rule } from "./Rule.ts";
import { problemAt } from "./Rule.ts";

/** Aggregates lead along relationships, one of them to many, to a field that their function can work on. */
export const aggregates: Rule = (draft, places) =>
  draft.resources.flatMap((resource) =>
    (resource.aggregates ?? []).flatMap((aggregate) =>
      findings(draft, resource, aggregate)
        .filter(() => places.unread.size === 0)
        .map((finding) => problemAt(places, finding)),
    ),
  );

function findings(model: Model, resource: Resource, aggregate: Aggregate): readonly Finding[] {
  const at = [resource.name, "aggregates", aggregate.name];
  const path = [...at, "path"];
  const wrong = wrongStep(model, resource, aggregate);
  if (wrong) return [{ code: "aggregate_path", path, ...wrong }];
  const target = resourceAlong(model, resource, aggregate.path);
  if (!target) return [];
  const members = resourceTypes(model).of(target.name)?.members;
  const fields = [...(members ?? [])].flatMap(([name, member]) => (member.kind === "field" ? [name] : []));
  const orders = (aggregate.order ?? []).flatMap(({ name }, index) => {
    const member = members?.get(name);
    const sorted = member?.kind === "field" && aggregateType("min", member.type) !== null;
    const message = fields.includes(name)
      ? `\`${name}\` has no order to sort by.`
      : `\`${target.name}\` has no field \`${name}\`. ${nameHint(name, fields, "Name one of its fields.")}`;
    return sorted ? [] : [{ code: "unknown_field", path: [...at, "order", String(index)], message }];
  });
  if (aggregate.field === undefined) return orders;
  const member = members?.get(aggregate.field);
  if (member?.kind !== "field") {
    const hint = nameHint(aggregate.field, fields, "Name one of its fields.");
    const message = `\`${target.name}\` has no field \`${aggregate.field}\`. ${hint}`;
    return [{ code: "unknown_field", path, part: endOf(aggregate), message }, ...orders];
  }
  const kind = target.attributes.find(({ name }) => name === aggregate.field)?.type.kind;
  const isKeptApart = kind === "encrypted" || kind === "file" || kind === "vector";
  if (member.type.kind === "null") return orders;
  if (!isKeptApart && aggregateType(aggregate.function, member.type)) return orders;
  const message = `\`${aggregate.function}\` cannot work on \`${aggregate.field}\`. ${functionHint(aggregate)}`;
  return [{ code: "wrong_type", path, part: endOf(aggregate), message }, ...orders];
}

function wrongStep(model: Model, from: Resource, { path }: Aggregate): Pick<Finding, "message" | "part"> | null {
  let at: Resource | null = from;
  let start = 0;
  let many = false;
  for (const name of path) {
    const relationship = at?.relationships.find((candidate) => candidate.name === name);
    if (!at || !relationship) {
      if (!at) return null;
      const names = at.relationships.map((one) => one.name);
      const message = `\`${at.name}\` has no relationship \`${name}\`. ${nameHint(name, names, "Name one of its relationships.")}`;
      return { message, part: { start, end: start + name.length } };
    }
    many ||= !isToOne(relationship);
    at = resourceNamed(model, relationship.target);
    start += name.length + 1;
  }
  if (many) return null;
  return {
    message: "This path leads to one record. Write a calculation for its field, or name a relationship to many.",
  };
}

function endOf({ path, field = "" }: Aggregate): { readonly start: number; readonly end: number } {
  const start = path.join(".").length + 1;
  return { start, end: start + field.length };
}

function functionHint({ function: of }: Aggregate): string {
  switch (of) {
    case "sum":
    case "avg":
      return "Name a number, an amount of money or a duration.";
    default:
      return "Name a field whose values can be compared.";
  }
}
