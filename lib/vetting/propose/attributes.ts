import { foreignKeyField } from "../../model/naming/foreignKeyField.ts";
import { spokenName } from "../../model/naming/spokenName.ts";
import type { TestValue } from "../../model/testTypes.ts";
import type { Action, Attribute, JsonValue, Model } from "../../model/types.ts";
import { sentenceList } from "../../model/words/sentenceList.ts";
import type { Draft } from "../solve/Draft.ts";
import { serviceDraft, withField, withRow } from "../solve/Draft.ts";
import { plainValue } from "../world/plainValue.ts";
import { boundValues } from "./boundValues.ts";
import { doneOf, type Part, type Proposing, refusalOf } from "./Proposing.ts";
import { acceptedFields, acting, scenes } from "./scene.ts";
import { withResource } from "./without.ts";

/** What attributes and relationships demand of every value: bounds, presence, being alone, staying. */
export function proposeAttributes(proposing: Proposing): void {
  const { actions, resource } = proposing;
  const create = actions.find(({ name }) => name === "create") ?? actions.find(({ type }) => type === "create");
  const update = actions.find(({ name }) => name === "update");
  for (const attribute of resource.attributes) {
    if (create) proposeBounds(proposing, attribute, create);
    if (create) proposeRequired(proposing, attribute, create);
    if (attribute.writable !== undefined) proposeWritable(proposing, attribute, { create, update });
  }
  for (const relationship of resource.relationships) {
    if (relationship.kind === "belongsTo" && create) proposeRequired(proposing, relationship, create);
  }
  if (create) proposeUniques(proposing, create);
}

function changedAttribute({ model, resource }: Proposing, attribute: Attribute, change: Partial<Attribute>): Model {
  const attributes = resource.attributes.map((each) => (each === attribute ? { ...each, ...change } : each));
  return withResource(model, resource, { attributes });
}

function proposeBounds(proposing: Proposing, attribute: Attribute, action: Action): void {
  if (!acceptedFields(proposing.resource, action).has(attribute.name)) return;
  for (const { bound, meaning, within, outside, without } of boundValues(attribute)) {
    const path = [proposing.resource.name, "attributes", attribute.name, bound];
    const part: Part = { kind: "bound", path, meaning: [attribute.name, bound, meaning] };
    const what = `The ${spokenName(attribute.name)} of ${proposing.one}`;
    const { [bound]: _gone, ...open } = attribute;
    const loose = proposing.resource.attributes.map((each) => (each === attribute ? (open as Attribute) : each));
    const none = withResource(proposing.model, proposing.resource, { attributes: loose });
    const values = (value: JsonValue) =>
      scenes(proposing, { action, start: serviceDraft, values: { [attribute.name]: value } });
    const field = attribute.name;
    if (within !== null) {
      proposing.propose({
        part,
        name: `${what} may be ${meaning}`,
        explain: `The last value that is allowed.`,
        drafts: keeping(values(within), proposing, field, within),
        test: acting(proposing, action),
        expect: (outcome) => doneOf(outcome),
        without: without === null ? null : changedAttribute(proposing, attribute, without),
      });
    }
    if (outside === null) continue;
    const isKept = proposing.propose({
      part,
      name: `${what} is refused beyond: ${meaning}`,
      explain: "The first value that is not allowed.",
      drafts: keeping(scenes(proposing, { action, start: serviceDraft }), proposing, field, outside),
      test: acting(proposing, action),
      expect: (outcome) => refusalOf(outcome, ["invalid_input"], field),
      without: none,
    });
    if (!isKept) proposing.giveUp(part, "No value was found that breaks this alone.");
  }
}

/** Only drafts in which the value is still what it is about. */
function* keeping(drafts: Iterable<Draft>, { subject }: Proposing, field: string, value: JsonValue): Generator<Draft> {
  for (const draft of drafts) yield withField(draft, subject, field, value);
}

interface Needed {
  readonly name: string;
  readonly required: boolean;
  readonly default?: unknown;
  readonly column: string;
}

function proposeRequired(proposing: Proposing, needed: Needed, action: Action): void {
  const { resource } = proposing;
  const isContent = resource.attributes.some(({ name, type }) => name === needed.name && type.kind === "file");
  if (
    isContent ||
    !needed.required ||
    needed.default !== undefined ||
    !acceptedFields(resource, action).has(needed.name)
  )
    return;
  const relationship = resource.relationships.find(({ name }) => name === needed.name);
  const field = relationship?.kind === "belongsTo" ? foreignKeyField(relationship) : needed.name;
  const section = relationship ? "relationships" : "attributes";
  proposing.propose({
    part: {
      kind: "required",
      path: [resource.name, section, needed.name, "required"],
      meaning: [needed.name, "required"],
    },
    name: `${proposing.one.charAt(0).toUpperCase()}${proposing.one.slice(1)} needs its ${spokenName(needed.name)}`,
    explain: "It is required and has no default.",
    drafts: scenes(proposing, { action, start: serviceDraft }),
    test: (draft) => without(acting(proposing, action)(draft), needed.name),
    expect: (outcome) => refusalOf(outcome, ["invalid_input"], field),
  });
}

function without(test: ReturnType<ReturnType<typeof acting>>, name: string): ReturnType<ReturnType<typeof acting>> {
  if (test.do.kind !== "create") return test;
  const { [name]: _gone, ...input } = test.do.input;
  return { ...test, do: { ...test.do, input } };
}

interface Changes {
  readonly create: Action | undefined;
  readonly update: Action | undefined;
}

function proposeWritable(proposing: Proposing, attribute: Attribute, { create, update }: Changes): void {
  const { resource, model } = proposing;
  const path = [resource.name, "attributes", attribute.name, "writable"];
  const part: Part = { kind: "writable", path, meaning: [attribute.name, attribute.writable] };
  const value = plainValue(attribute, model, 1);
  const action = update ?? (attribute.writable === "readOnly" ? create : undefined);
  if (!action || value === null || attribute.type.kind === "file") return;
  const { writable: _gone, ...open } = attribute;
  const attributes = resource.attributes.map((each) => (each === attribute ? open : each));
  proposing.propose({
    part,
    name:
      attribute.writable === "readOnly"
        ? `Nobody gives ${proposing.one} its ${spokenName(attribute.name)}`
        : `The ${spokenName(attribute.name)} of ${proposing.one} stays as it was given`,
    explain:
      attribute.writable === "readOnly"
        ? "Only actions and defaults set it."
        : "It is given once, when the record is created.",
    drafts: scenes(proposing, { action, start: serviceDraft }),
    test: acting(proposing, action, { [attribute.name]: value }),
    expect: (outcome) => refusalOf(outcome, ["invalid_input"], attribute.name),
    without: action.accept === undefined ? withResource(model, resource, { attributes }) : null,
  });
}

interface Group {
  readonly path: readonly string[];
  /** Names of attributes and belongsTo. */
  readonly fields: readonly string[];
  readonly when?: string;
}

function proposeUniques(proposing: Proposing, action: Action): void {
  const { resource } = proposing;
  const groups: readonly Group[] = [
    ...resource.attributes
      .filter(({ unique }) => unique)
      .map(({ name }) => ({ path: ["attributes", name, "unique"], fields: [name] })),
    ...resource.relationships.flatMap((one) =>
      one.kind === "belongsTo" && one.unique
        ? [{ path: ["relationships", one.name, "unique"], fields: [one.name] }]
        : [],
    ),
    ...resource.uniques.map((fields, index) => ({ path: ["uniques", String(index)], fields })),
    ...(resource.conditionalUniques ?? []).map(({ fields, when }, index) => ({
      path: ["conditionalUniques", String(index)],
      fields,
      when,
    })),
  ];
  const accepted = acceptedFields(resource, action);
  for (const group of groups)
    if (group.fields.every((name) => accepted.has(name))) proposeUnique(proposing, group, action);
}

function proposeUnique(proposing: Proposing, { path, fields, when }: Group, action: Action): void {
  const { resource } = proposing;
  const part: Part = { kind: "unique", path: [resource.name, ...path], meaning: [fields, when] };
  const names = sentenceList(fields.map(spokenName));
  const isKept = proposing.propose({
    part,
    name: `Two ${spokenName(resource.plural)} do not have the same ${names}${when === undefined ? "" : ` where \`${when}\``}`,
    explain: fields.length > 1 ? "Together they are unique." : "It is unique.",
    drafts: twins(proposing, { fields, action }),
    test: acting(proposing, action),
    expect: (outcome) => {
      const single =
        fields.length === 1 && outcome.kind === "refused" && outcome.fields.length === 1
          ? outcome.fields[0]
          : undefined;
      return refusalOf(outcome, ["conflict"], single);
    },
  });
  if (!isKept) proposing.giveUp(part, "No two records were found that differ in nothing but this.");
}

interface Twins {
  readonly fields: readonly string[];
  readonly action: Action;
}

/** Drafts in which another record has the same values as the one that is made. */
function* twins(proposing: Proposing, { fields, action }: Twins): Generator<Draft> {
  const { resource, model, subject } = proposing;
  const own = Object.fromEntries(
    resource.attributes
      .filter(({ name }) => fields.includes(name))
      .map((attribute) => [attribute.name, plainValue(attribute, model, 1)]),
  );
  for (const draft of scenes(proposing, { action, start: serviceDraft, values: own })) {
    const made = draft.rows.find(({ name }) => name === subject)?.values ?? {};
    const same = fields.map((name): [string, TestValue | undefined] => [name, made[name]]);
    if (same.some(([, value]) => value === undefined || value === null)) continue;
    const values = Object.fromEntries(same.map(([name, value]) => [name, value ?? null]));
    const states =
      resource.states && made[resource.states.attribute] !== undefined
        ? { [resource.states.attribute]: made[resource.states.attribute] ?? null }
        : {};
    yield withRow(model, draft, {
      resource,
      called: `other${subject.charAt(0).toUpperCase()}${subject.slice(1)}`,
      values: { ...values, ...states },
    }).draft;
  }
}
