import { type InputField, inputFields } from "../../codegen/inputFields.ts";
import { firstState } from "../../codegen/openapi/inputSchemas.ts";
import { actionsOf } from "../../model/actions/actionsOf.ts";
import { identities } from "../../model/actions/identities.ts";
import { relationshipIdentity } from "../../model/diff/identity.ts";
import type { Action, Model } from "../../model/types.ts";
import { sentenceList } from "../../model/words/sentenceList.ts";
import type { ApiChange, ApiOperation } from "./ApiChange.ts";
import type { ApiPair, ResourcePair } from "./ApiPair.ts";
import { fieldsOf } from "./fieldsOf.ts";
import { nestingCreates, operationsOf } from "./operationsOf.ts";
import { type Valued, valueChanges } from "./valueChanges.ts";

/** What became of what the actions of a resource are given. Fields that are gone or have other names are told elsewhere. */
export function inputChanges(pair: ApiPair, resources: ResourcePair): readonly ApiChange[] {
  const { before, after } = resources;
  return [
    ...actionsOf(before).flatMap((action) => {
      const now = actionsOf(after).find(({ name, type }) => name === action.name && type === action.type);
      const nested = action.name === "create" ? nestingCreates(pair.before, before) : [];
      const operations = [...operationsOf(before, action), ...nested];
      return now && operations.length > 0 ? actionInputChanges(pair, resources, { action, now, operations }) : [];
    }),
    ...identityChanges(pair, resources),
  ];
}

interface ActionPair {
  readonly action: Action;
  readonly now: Action;
  readonly operations: readonly ApiOperation[];
}

function actionInputChanges(pair: ApiPair, { before, after }: ResourcePair, { action, now, operations }: ActionPair) {
  const old = new Map(inputFields(pair.before, before, action).map((field) => [identityOf(pair.before, field), field]));
  const fresh = new Map(inputFields(pair.after, after, now).map((field) => [identityOf(pair.after, field), field]));
  const still = new Set(fieldsOf(pair.after, after).map(({ identity }) => identity));
  const known = new Set(fieldsOf(pair.before, before).map(({ identity }) => identity));
  const does = `${action.name} of ${before.name}`;
  const about = (field: string) => ({ resource: before.name, action: action.name, field, operations });
  const changes: ApiChange[] = [];
  for (const [identity, field] of old) {
    const other = fresh.get(identity);
    if (other) changes.push(...keptInput(pair, { before: field, after: other, does, about: about(field.name) }));
    else if (field.kind === "argument" || field.kind === "nested" || still.has(identity)) {
      const sentence = `${does} no longer takes ${field.name}`;
      changes.push({ ...about(field.name), kind: "inputRemoved", severity: "breaking", sentence });
    }
  }
  for (const [identity, field] of fresh) {
    if (old.has(identity)) continue;
    // Instead of the key of a record a new one may be given, but one of them has to be.
    const needsOne = action.type === "create" && field.kind === "reference" && field.relationship.required;
    if (field.required || needsOne) {
      const sentence = `${does} now needs ${field.name}; requests without it are refused`;
      changes.push({ ...about(field.name), kind: "inputRequired", severity: "breaking", sentence });
    } else if (field.kind === "argument" || known.has(identity)) {
      const sentence = `${does} now takes ${field.name} too`;
      changes.push({ ...about(field.name), kind: "inputAdded", severity: "compatible", operations: [], sentence });
    }
  }
  return [...changes, ...stateChanges({ before, after }, { action, now, operations })];
}

interface KeptInput {
  readonly before: InputField;
  readonly after: InputField;
  readonly does: string;
  readonly about: Pick<ApiChange, "resource" | "action" | "field" | "operations">;
}

function keptInput(pair: ApiPair, { before, after, does, about }: KeptInput): readonly ApiChange[] {
  const changes: ApiChange[] = [];
  const nullRefused = !isRequired(before) && isRequired(after);
  // Where the field itself became required, that is said of the field.
  if (!before.required && after.required && (before.kind === "argument" || !nullRefused)) {
    const sentence = `${does} now needs ${before.name}; requests without it are refused`;
    changes.push({ ...about, kind: "inputRequired", severity: "breaking", sentence });
  } else if (before.kind === "argument" && nullRefused) {
    const sentence = `${does} no longer takes null for ${before.name}`;
    changes.push({ ...about, kind: "nullRefused", severity: "breaking", sentence });
  }
  if (before.kind === "argument" && after.kind === "argument") {
    const use = {
      called: `${before.name} of ${does}`,
      given: true,
      answered: false,
      valueObjectNow: pair.valueObjectNow,
    };
    const values: readonly [Valued, Valued] = [before.attribute, after.attribute];
    changes.push(...valueChanges(...values, use).map((change) => ({ ...about, ...change })));
  }
  return changes;
}

/** Whether the value itself must be there: null is refused, left out or not. */
function isRequired(field: InputField): boolean {
  switch (field.kind) {
    case "key":
    case "attribute":
    case "argument":
      return field.attribute.required;
    case "reference":
      return field.relationship.required;
    case "links":
    case "nested":
      return false;
  }
}

/** What an input is known by through renames; fields by what `fieldsOf` knows them by. */
function identityOf(model: Model, field: InputField): string {
  switch (field.kind) {
    case "key":
      return "key";
    case "attribute":
      return `column ${field.attribute.column}`;
    case "argument":
      return `argument ${field.name}`;
    case "reference":
    case "links":
      return relationshipIdentity(field.relationship, model);
    case "nested":
      return `nested ${relationshipIdentity(field.relationship, model)}`;
  }
}

/** New records begin in one state, whatever others there are. */
function stateChanges({ before, after }: ResourcePair, { action, now, operations }: ActionPair): readonly ApiChange[] {
  const attribute = after.states?.attribute;
  const first = attribute === undefined ? undefined : firstState(after, now, attribute);
  if (attribute === undefined || first === undefined) return [];
  const column = after.attributes.find(({ name }) => name === attribute)?.column;
  const old = before.attributes.find((one) => one.column === column);
  if (!old || firstState(before, action, old.name) === first) return [];
  const sentence = `${action.name} of ${before.name} now takes only ${JSON.stringify(first)} for ${old.name}`;
  const about = { resource: before.name, action: action.name, field: old.name, operations };
  return [{ ...about, kind: "valueNarrowed", severity: "breaking", sentence }];
}

/** The fields by which an upsert finds a record. */
function identityChanges({ before: model, after: modelNow }: ApiPair, { before, after }: ResourcePair) {
  const create = { name: "create", type: "create" } as const;
  const upserts = operationsOf(before, create).filter(({ name }) => /^PUT |^Mutation\.upsert/.test(name));
  if (upserts.length === 0) return [];
  const names = namesNow(fieldsOf(model, before), fieldsOf(modelNow, after));
  const now = new Set(identities(after).map((group) => group.join()));
  return identities(before).flatMap((group): readonly ApiChange[] => {
    if (now.has(group.map((name) => names.get(name) ?? name).join())) return [];
    const sentence = `${before.name} can no longer be found by ${sentenceList(group)} for an upsert`;
    const about = { resource: before.name, action: "create", field: group.join(), operations: upserts };
    return [{ ...about, kind: "identityRemoved", severity: "breaking", sentence }];
  });
}

function namesNow(before: ReturnType<typeof fieldsOf>, after: ReturnType<typeof fieldsOf>) {
  const names = new Map<string, string>();
  for (const field of before) {
    const now = after.find(({ identity }) => identity === field.identity);
    if (!now) continue;
    for (const [index, name] of [field.name, ...field.also].entries()) {
      names.set(name, [now.name, ...now.also][index] ?? name);
    }
  }
  return names;
}
