import type { Expression } from "../../expression/Expression.ts";
import { checkedExpression } from "../expressions/checkedExpression.ts";
import { expressionsOf } from "../expressions/expressionsOf.ts";
import { storedAttributes } from "../features/storedAttributes.ts";
import { equalFields } from "../indexes/equalFields.ts";
import type { IndexNeed } from "../indexes/IndexNeed.ts";
import { indexableFields } from "../indexes/indexableFields.ts";
import { indexName, knownIndexes } from "../indexes/knownIndexes.ts";
import { proposedIndex, serves } from "../indexes/servingIndex.ts";
import type { Index, Model, Resource } from "../types.ts";
import type { Finding, Rule } from "./Rule.ts";
import { problemAt } from "./Rule.ts";

/**
 * Warns of lists that no index serves, where the model itself says how they are asked for: its own order, named reads,
 * policies, the tenant, and the fields that the API offers by name. What callers may ask besides is theirs to know.
 */
export const unservedLists: Rule = (draft, places) =>
  draft.resources
    .filter(({ actions }) => actions.includes("read"))
    .flatMap((resource) => findingsOf(draft, resource).map((finding) => problemAt(places, finding)));

interface Asked {
  readonly path: readonly string[];
  /** How the list is asked for, as the beginning of a sentence. */
  readonly says: string;
  readonly need: IndexNeed;
  /** Indexes for one of these will do as well. */
  readonly instead: readonly IndexNeed[];
}

function findingsOf(model: Model, resource: Resource): readonly Finding[] {
  const findings: Finding[] = [];
  let advised = resource;
  for (const { path, says, need, instead } of needsOf(model, resource)) {
    const known = knownIndexes(advised);
    if (instead.some((other) => known.some((index) => serves(index, other)))) continue;
    const index = proposedIndex(advised, need);
    if (!index) continue;
    // An index that is proposed already may serve what comes next.
    advised = { ...advised, indexes: [...advised.indexes, index] };
    findings.push(finding(resource, index, { path, says }));
  }
  return findings;
}

function finding(resource: Resource, index: Index, { path, says }: Pick<Asked, "path" | "says">): Finding {
  const names = index.fields.map(({ name, descending }) => (descending ? `-${name}` : name));
  const command = {
    type: "setResource",
    resource: resource.name,
    indexes: [...resource.indexes, index],
  } as const;
  const title = `Index ${names.join(", ")}`;
  const message = `${says}, which no index serves: with many records, each such list reads them all. ${title.replace(names.join(", "), names.map((name) => `\`${name}\``).join(", "))}.`;
  return { code: "unserved_list", severity: "warning", path, message, fix: { title, command } };
}

function needsOf(model: Model, resource: Resource): readonly Asked[] {
  const { name, features = {}, api } = resource;
  const order = features.order ?? [];
  const tenant = features.tenant === undefined ? [] : [features.tenant];
  const ordered: IndexNeed = { equal: tenant, order };
  const selective = selectiveFields(resource);
  const asked: Asked[] = [];
  if (order.length > 0) {
    const says = `Lists of \`${name}\` come ordered by ${order.map((term) => `\`${term.name}\``).join(", ")}`;
    asked.push({ path: [name, "features", "order"], says, need: ordered, instead: [] });
  }
  for (const { path, fields } of conditionsOf(model, resource)) {
    const equal = [
      ...tenant,
      ...fields.map((field) => indexName(resource, field)).filter((each) => selective.has(each)),
    ];
    if (equal.length === tenant.length) continue;
    const isPolicy = path[1] === "policies";
    const whole = { equal, order: isPolicy ? [] : order };
    const says = isPolicy
      ? `A policy lets see \`${name}\` records by ${equal.map((each) => `\`${each}\``).join(", ")}`
      : `The read \`${path[2] ?? ""}\` looks for \`${name}\` records by ${equal.map((each) => `\`${each}\``).join(", ")}`;
    const instead = [{ equal, order: [] }, ...(order.length > 0 ? [ordered] : [])];
    asked.push({ path, says, need: whole, instead });
  }
  for (const field of (api?.sortable ?? []).map((each) => indexName(resource, each))) {
    const says = `The API offers to sort \`${name}\` records by \`${field}\``;
    const need = { equal: tenant, order: [{ name: field, descending: false }] };
    asked.push({ path: [name, "api", "sortable"], says, need, instead: [] });
  }
  for (const field of (api?.filterable ?? []).map((each) => indexName(resource, each))) {
    if (!selective.has(field)) continue;
    const says = `The API offers to filter \`${name}\` records by \`${field}\``;
    const need = { equal: [...tenant, field], order: [] };
    asked.push({ path: [name, "api", "filterable"], says, need, instead: [{ equal: [field], order: [] }] });
  }
  if (tenant.length > 0) {
    const says = `Each list of \`${name}\` looks for the records of one tenant`;
    asked.push({ path: [name, "features", "tenant"], says, need: { equal: tenant, order: [] }, instead: [] });
  }
  return asked;
}

/** Fields that tell few records from many; an index by yes or no, or by a handful of options, hardly pays. */
function selectiveFields(resource: Resource): ReadonlySet<string> {
  const coarse = storedAttributes(resource).filter(({ type }) => type.kind === "boolean" || type.kind === "choice");
  const names = new Set(coarse.map(({ name }) => name));
  return new Set([...indexableFields(resource)].filter((name) => !names.has(name)));
}

interface ConditionFields {
  readonly path: readonly string[];
  readonly fields: readonly string[];
}

/** What reads and the policies that allow them compare with values known beforehand. */
function conditionsOf(model: Model, resource: Resource): readonly ConditionFields[] {
  return expressionsOf(model).flatMap((placed): readonly ConditionFields[] => {
    const [owner, section, which = "", part] = placed.path;
    if (owner !== resource.name || !isOfReads(resource, { section, which, part })) return [];
    const { expression } = checkedExpression(placed);
    return alternativesOf(expression).map((each) => ({ path: placed.path, fields: equalFields(each) }));
  });
}

/** Each of several ways to fulfil a condition is a list of its own. */
function alternativesOf(condition: Expression | null): readonly (Expression | null)[] {
  return condition?.kind === "operation" && condition.operator === "or"
    ? condition.operands.flatMap(alternativesOf)
    : [condition];
}

interface Slot {
  readonly section: string | undefined;
  readonly which: string;
  readonly part: string | undefined;
}

function isOfReads({ policies = [], definedActions = [] }: Resource, { section, which, part }: Slot): boolean {
  if (section === "actions") {
    return part === "where" && definedActions.some(({ name, type }) => name === which && type === "read");
  }
  const policy = section === "policies" ? policies[Number(which)] : undefined;
  return policy?.effect === "allow" && policy.actions.some((action) => action === "read" || action === "*");
}
