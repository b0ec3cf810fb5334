import type { Expression } from "../../expression/Expression.ts";
import { typedExpression } from "../../model/expressions/typedExpression.ts";
import { spokenName } from "../../model/naming/spokenName.ts";
import type { Action, FieldPolicy } from "../../model/types.ts";
import { fieldPolicySentences } from "../../model/words/policySentence.ts";
import { sentenceList } from "../../model/words/sentenceList.ts";
import { names } from "../../plan/access/Rules.ts";
import { openDraft } from "../solve/Draft.ts";
import { plainValue } from "../world/plainValue.ts";
import { recordOf } from "./actions.ts";
import { doneOf, type Part, type Proposing, refusalOf } from "./Proposing.ts";
import { mixed } from "./policies.ts";
import { acceptedFields, acting, type Sought, scenes } from "./scene.ts";
import { replacedAt, withResource } from "./without.ts";

const read = { name: "read", type: "read" } as const;

/** For each rule of fields somebody who sees or sets them and somebody who does not. */
export function proposeFieldPolicies(proposing: Proposing): void {
  const { resource } = proposing;
  (resource.fieldPolicies ?? []).forEach((policy, index) => {
    if (policy.read !== undefined) proposeRead(proposing, { policy, index });
    if (policy.write !== undefined) proposeWrite(proposing, { policy, index });
  });
}

interface Ruled {
  readonly policy: FieldPolicy;
  readonly index: number;
}

/** Ways in which an action is allowed at all. */
function allowances({ rules }: Proposing, action: Action): readonly (readonly Sought[])[] {
  const forbids = rules.policies
    .filter((rule) => rule.effect === "forbid" && names(rule, action))
    .map(({ expression }) => ({ expression, wanted: false }));
  const reads =
    action.type === "update" ? rules.policies.filter((rule) => rule.effect === "allow" && names(rule, read)) : [];
  return rules.policies
    .filter((rule) => rule.effect === "allow" && names(rule, action))
    .flatMap((allow) => {
      const own = [{ expression: allow.expression, wanted: true }, ...forbids];
      if (action.type !== "update" || names(allow, read)) return [own];
      return reads.map(({ expression }) => [...own, { expression, wanted: true }]);
    });
}

function changed({ model, resource }: Proposing, index: number, policy: FieldPolicy) {
  return withResource(model, resource, { fieldPolicies: replacedAt(resource.fieldPolicies ?? [], index, policy) });
}

function conditionOf({ model, resource }: Proposing, text: string): Expression {
  return typedExpression(model, { resource: resource.name, text, expected: { kind: "boolean" } });
}

function proposeRead(proposing: Proposing, { policy, index }: Ruled): void {
  const { resource, model } = proposing;
  const text = policy.read ?? "true";
  const part: Part = {
    kind: "fieldPolicy",
    path: [resource.name, "fieldPolicies", String(index), "read"],
    meaning: [policy.fields, "read", text],
  };
  const condition = conditionOf(proposing, text);
  const explain = `${fieldPolicySentences(resource, policy, model)[0] ?? text}.`;
  const shown = policy.fields.filter((name) =>
    resource.attributes.some(
      (attribute) => attribute.name === name && attribute.type.kind !== "encrypted" && attribute.type.kind !== "file",
    ),
  );
  const values = Object.fromEntries(
    resource.attributes
      .filter(({ name }) => shown.includes(name))
      .map((attribute) => [attribute.name, plainValue(attribute, model)]),
  );
  const what = `the ${sentenceList(policy.fields.map(spokenName))} of ${proposing.one}`;
  const drafts = (wanted: boolean) =>
    mixed(
      allowances(proposing, read).map((besides) =>
        scenes(proposing, {
          action: read,
          start: openDraft,
          values,
          first: besides,
          besides: [{ expression: condition, wanted }],
        }),
      ),
    );
  const isHidden = proposing.propose({
    part,
    name: `Not everybody sees ${what}`,
    explain,
    drafts: drafts(false),
    test: acting(proposing, read),
    expect: (outcome) =>
      doneOf(outcome, () =>
        Object.fromEntries(policy.fields.filter((name) => isField(proposing, name)).map((name) => [name, null])),
      ),
    without: shown.length > 0 ? changed(proposing, index, { ...policy, read: "true" }) : null,
  });
  if (shown.length > 0) {
    proposing.propose({
      part,
      name: `Whoever may see ${what} does`,
      explain,
      drafts: drafts(true),
      test: acting(proposing, read),
      expect: (outcome, world) => {
        const expected = doneOf(outcome, (done) => recordOf(proposing, done, { names: shown, world }));
        return expected?.kind === "done" && Object.values(expected.record ?? {}).some((value) => value !== null)
          ? expected
          : null;
      },
      without: changed(proposing, index, { ...policy, read: "false" }),
    });
  }
  if (!isHidden) proposing.giveUp(part, `No test was found that depends on this rule alone: ${explain}`);
}

function isField({ resource }: Proposing, name: string): boolean {
  const all = [...resource.attributes, ...(resource.calculations ?? []), ...(resource.aggregates ?? [])];
  return all.some((field) => field.name === name);
}

function proposeWrite(proposing: Proposing, { policy, index }: Ruled): void {
  const { resource, model, actions } = proposing;
  const text = policy.write ?? "true";
  const part: Part = {
    kind: "fieldPolicy",
    path: [resource.name, "fieldPolicies", String(index), "write"],
    meaning: [policy.fields, "write", text],
  };
  const action = actions.find(({ name }) => name === "update");
  const accepted = action && acceptedFields(resource, action);
  const attribute = resource.attributes.find(({ name }) => policy.fields.includes(name) && accepted?.has(name));
  const value = attribute ? plainValue(attribute, model, 2) : null;
  if (!action || !attribute || value === null) {
    proposing.giveUp(part, "None of the fields is given by callers of an update.");
    return;
  }
  const condition = conditionOf(proposing, text);
  const explain = `${fieldPolicySentences(resource, policy, model).at(-1) ?? text}.`;
  const drafts = (wanted: boolean) =>
    mixed(
      allowances(proposing, action).map((besides) =>
        scenes(proposing, { action, start: openDraft, first: besides, besides: [{ expression: condition, wanted }] }),
      ),
    );
  const what = `the ${spokenName(attribute.name)} of ${proposing.one}`;
  const test = acting(proposing, action, { [attribute.name]: value });
  const isRefused = proposing.propose({
    part,
    name: `Not everybody sets ${what}`,
    explain,
    drafts: drafts(false),
    test,
    expect: (outcome) => refusalOf(outcome, ["forbidden_field"], attribute.name),
    without: changed(proposing, index, { ...policy, write: "true" }),
  });
  proposing.propose({
    part,
    name: `Whoever may set ${what} does`,
    explain,
    drafts: drafts(true),
    test,
    expect: (outcome) => doneOf(outcome),
    without: changed(proposing, index, { ...policy, write: "false" }),
  });
  if (!isRefused) proposing.giveUp(part, `No test was found that depends on this rule alone: ${explain}`);
}
