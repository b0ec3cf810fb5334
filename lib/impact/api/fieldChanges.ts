import { inputFields } from "../../codegen/inputFields.ts";
import { actionsOf } from "../../model/actions/actionsOf.ts";
import { pairUp } from "../../model/diff/identity.ts";
import type { Resource } from "../../model/types.ts";
import type { ApiChange, ApiChangeKind, ApiOperation } from "./ApiChange.ts";
import type { ApiPair, ResourcePair } from "./ApiPair.ts";
import { fieldsOf, type ShownField } from "./fieldsOf.ts";
import { nestingCreates, operationsAbout, operationsOf } from "./operationsOf.ts";
import { valueChanges } from "./valueChanges.ts";

/** What became of the fields that records show and callers give. */
export function fieldChanges(pair: ApiPair, { before, after }: ResourcePair): readonly ApiChange[] {
  const lists = { before: fieldsOf(pair.before, before), after: fieldsOf(pair.after, after) };
  const identity = (field: ShownField) => field.identity;
  const { removed, added, kept } = pairUp(lists, { before: identity, after: identity });
  const operations = operationsAbout(before);
  const about = (field: ShownField) => ({ resource: before.name, action: null, field: field.name, operations });
  const nesting = nestingCreates(pair.before, before);
  const create = { name: "create", type: "create" } as const;
  const inside = new Set(inputFields(pair.before, before, create).map(({ name }) => name));
  const takers = (names: readonly string[]) => [
    ...takingOperations(pair, before, names),
    ...(names.some((name) => inside.has(name)) ? nesting : []),
  ];
  return [
    ...removed.map((field): ApiChange => {
      const other = added.find(({ name }) => name === field.name);
      return other
        ? { ...about(field), kind: "fieldReplaced", severity: "breaking", sentence: replacedWords(before, field) }
        : { ...about(field), kind: "fieldRemoved", severity: "breaking", sentence: removedWords(before, field) };
    }),
    ...added
      .filter(({ name }) => !removed.some((field) => field.name === name))
      .map((field): ApiChange => {
        const base = { ...about(field), operations: [] };
        return {
          ...base,
          kind: "fieldAdded",
          severity: "compatible",
          sentence: `${after.name}.${field.name} is new`,
        };
      }),
    ...kept.flatMap((fields) =>
      keptField(pair, {
        ...fields,
        resource: before,
        called: `${before.name}.${fields.before.name}`,
        takers: takers([fields.before.name, ...fields.before.also]),
        operations,
      }),
    ),
  ];
}

/** What concerns those alone who give a value, not those who read it. */
const ofGiving: ReadonlySet<ApiChangeKind> = new Set(["valueNarrowed", "valueWidened", "nullRefused"]);

interface KeptField {
  readonly before: ShownField;
  readonly after: ShownField;
  readonly resource: Resource;
  readonly called: string;
  /** Those to which it is given. */
  readonly takers: readonly ApiOperation[];
  readonly operations: readonly ApiOperation[];
}

function keptField(pair: ApiPair, { before, after, resource, called, takers, operations }: KeptField) {
  const isGiven = takers.length > 0;
  const about = { resource: resource.name, action: null, field: before.name, operations } as const;
  const changes: ApiChange[] = [];
  if (before.name !== after.name) {
    const sentence = `${called} is now called ${after.name}${endOf(before)}`;
    changes.push({ ...about, kind: "fieldRenamed", severity: "breaking", sentence });
  }
  if (before.attribute && after.attribute) {
    const use = { called, given: isGiven, answered: true, valueObjectNow: pair.valueObjectNow };
    for (const change of valueChanges(before.attribute, after.attribute, use)) {
      changes.push({ ...about, ...change, ...(ofGiving.has(change.kind) && { operations: takers }) });
    }
  }
  if (before.relationship && after.relationship) {
    const target = pair.nameNow(before.relationship.target);
    if (target !== after.relationship.target) {
      const sentence = `${called} now leads to ${after.relationship.target}; it led to ${before.relationship.target}`;
      changes.push({ ...about, kind: "typeChanged", severity: "breaking", sentence });
    }
  }
  changes.push(
    ...presenceChanges({ before, after, called, isGiven }).map((change) => ({
      ...about,
      ...change,
      ...(ofGiving.has(change.kind) && { operations: takers }),
    })),
  );
  if (!before.deprecated && after.deprecated) {
    const until = after.deprecated.until === undefined ? "" : `, and may go on ${after.deprecated.until}`;
    const sentence = `${called} is deprecated since ${after.deprecated.since}${until}`;
    changes.push({ ...about, kind: "deprecated", severity: "compatible", sentence });
  }
  return changes;
}

interface Presence extends Pick<KeptField, "before" | "after" | "called"> {
  readonly isGiven: boolean;
}

function presenceChanges({ before, after, called, isGiven }: Presence) {
  const required = ({ attribute, relationship }: ShownField) =>
    attribute?.required ?? (relationship?.kind === "belongsTo" && relationship.required);
  const changes: Pick<ApiChange, "kind" | "severity" | "sentence">[] = [];
  if (isGiven && !required(before) && required(after)) {
    const sentence = `${called} is now required: requests that leave it empty are refused`;
    changes.push({ kind: "nullRefused", severity: "breaking", sentence });
  }
  if (before.always && !after.always) {
    const why = required(after) ? " for some who read it" : "";
    changes.push({ kind: "maybeNull", severity: "risky", sentence: `Answers may now show ${called} as null${why}` });
  }
  return changes;
}

/** The operations that are given one of these. */
function takingOperations(
  { before: model }: ApiPair,
  resource: Resource,
  names: readonly string[],
): readonly ApiOperation[] {
  return actionsOf(resource)
    .filter((action) => inputFields(model, resource, action).some(({ name }) => names.includes(name)))
    .flatMap((action) => operationsOf(resource, action));
}

function removedWords({ name }: Resource, field: ShownField): string {
  return `${name}.${field.name} is gone${endOf(field)}`;
}

function replacedWords({ name }: Resource, field: ShownField): string {
  return `${name}.${field.name} is another field now, with other values`;
}

/** `, as was announced`: deprecated since when, and until when it was promised. */
function endOf({ deprecated }: ShownField): string {
  if (!deprecated) return "";
  const until = deprecated.until === undefined ? "" : `, promised until ${deprecated.until}`;
  return ` (deprecated since ${deprecated.since}${until})`;
}
