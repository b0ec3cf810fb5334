import { sameJson } from "../merge/sameJson.ts";
import { spokenName } from "../naming/spokenName.ts";
import type {
  Action,
  Aggregate,
  Calculation,
  ConditionalUnique,
  Features,
  FieldPolicy,
  Model,
  Policy,
  Resource,
  Transition,
  Validation,
} from "../types.ts";
import { capital, lower } from "../words/capital.ts";
import { expressionWords } from "../words/expressionWords.ts";
import { fieldPolicySentences, policySentence } from "../words/policySentence.ts";
import { sentenceList, withArticle } from "../words/sentenceList.ts";
import { deprecationWords } from "./apiWords.ts";

interface Side {
  readonly model: Model;
  readonly resource: Resource;
}

type How = "added" | "removed" | "changed";

export function calculationAdded({ name, expression }: Calculation, side: Side): string {
  return `${side.resource.name}.${name} is new: ${said(expression, side)}`;
}

export function calculationChanged(before: Calculation, after: Calculation, side: Side): readonly string[] {
  const name = `${side.resource.name}.${after.name}`;
  const { expression, type } = after;
  return [
    ...(before.expression === expression ? [] : [`${name} is now ${said(expression, side)}`]),
    ...(sameJson(before.type, type) ? [] : [`${name} is now worked out as ${type.kind}`]),
    ...stored(name, before.column, after.column),
    ...(before.describe === after.describe ? [] : [`${name} has another description`]),
    ...deprecated(name, before, after),
  ];
}

export function aggregateAdded(aggregate: Aggregate, side: Side): string {
  return `${side.resource.name}.${aggregate.name} is new: ${aggregateWords(aggregate, side)}`;
}

export function aggregateChanged(before: Aggregate, after: Aggregate, side: Side): readonly string[] {
  const name = `${side.resource.name}.${after.name}`;
  const own = ({ column: _column, describe: _describe, deprecated: _deprecated, name: _name, ...rest }: Aggregate) =>
    rest;
  return [
    ...(sameJson(own(before), own(after)) ? [] : [`${name} is now ${aggregateWords(after, side)}`]),
    ...stored(name, before.column, after.column),
    ...(before.describe === after.describe ? [] : [`${name} has another description`]),
    ...deprecated(name, before, after),
  ];
}

/** `the sum of company.deals.amount where …` */
function aggregateWords({ function: of, path, field, where }: Aggregate, { model, resource }: Side): string {
  const target = path.reduce<string | undefined>((at, step) => {
    const from = model.resources.find(({ name }) => name === at);
    return from?.relationships.find(({ name }) => name === step)?.target;
  }, resource.name);
  const names = [...path, ...(field === undefined ? [] : [field])].join(".");
  const condition =
    where === undefined ? "" : ` where ${expressionWords(model, { resource: target ?? resource.name, text: where })}`;
  const head = {
    count: "the number of",
    sum: "the sum of",
    avg: "the average of",
    min: "the least",
    max: "the greatest",
  };
  const lead = of === "exists" ? "whether there are" : of === "first" ? "the first" : of === "list" ? "all" : head[of];
  return `${lead} ${names}${condition}`;
}

type Deprecable = Pick<Calculation, "deprecated">;

function deprecated(name: string, before: Deprecable, after: Deprecable): readonly string[] {
  return sameJson(before.deprecated, after.deprecated) ? [] : [deprecationWords(name, after.deprecated)];
}

function stored(name: string, before: string | undefined, after: string | undefined): readonly string[] {
  if ((before === undefined) === (after === undefined)) return [];
  return [after === undefined ? `${name} is no longer stored` : `${name} is now stored`];
}

export function validationWords({ expression, message, when }: Validation, how: How, side: Side): string {
  const one = withArticle(spokenName(side.resource.name));
  const condition = when === undefined ? "" : ` where ${said(when, side)}`;
  const rule = `${said(expression, side)}${condition} (“${message}”)`;
  if (how === "added") return `${capital(one)} is now refused unless ${rule}`;
  if (how === "removed") return `${capital(one)} is no longer refused where it is not so that ${rule}`;
  return `The check of ${side.resource.name} that ${rule} is changed`;
}

export function policyWords(policy: Policy, how: How, { resource, model }: Side): string {
  const sentence = policySentence(resource, policy, model);
  if (how === "changed") return `The description is changed of: ${sentence}`;
  const within = lower(sentence);
  if (policy.effect === "forbid") {
    return how === "added" ? `From now on ${within}` : `It is no longer so that ${within}`;
  }
  return sentence.replace(" may ", how === "added" ? " may now " : " may no longer ");
}

export function fieldPolicyWords(policy: FieldPolicy, how: How, { resource, model }: Side): string {
  const sentence = sentenceList(fieldPolicySentences(resource, policy, model).map(lower));
  return how === "removed" ? `It is no longer so that ${sentence}` : `From now on ${sentence}`;
}

export function conditionalUniqueWords({ fields, when }: ConditionalUnique, how: How, side: Side): string {
  const where = `in ${side.resource.name} where ${said(when, side)}`;
  const names = `${sentenceList(fields)}${fields.length > 1 ? " together" : ""}`;
  return how === "removed"
    ? `${names} need no longer be unique ${where}`
    : `${names} ${fields.length > 1 ? "are" : "is"} now unique ${where}`;
}

export function actionAdded({ name, describe }: Action, { resource }: Side): string {
  return `${resource.name} has a new action, ${name}${describe ? `: ${describe}` : ""}`;
}

export function actionRemoved(name: string, { resource }: Side): string {
  return `${resource.name} no longer has the action ${name}`;
}

export function actionChanged(before: Action, after: Action, side: Side): readonly string[] {
  const name = `${after.name} of ${side.resource.name}`;
  const parts: readonly (readonly [keyof Action, string])[] = [
    ["arguments", "takes other arguments"],
    ["set", "sets other values"],
    ["validations", "checks something else"],
    ["upsert", "finds records that are there by other fields"],
    ["describe", "has another description"],
  ];
  return [
    ...acceptWords(name, before.accept, after.accept),
    ...(sameJson(before.require, after.require)
      ? []
      : [
          after.require
            ? `${name} now needs that ${sentenceList(after.require.map(({ expression }) => said(expression, side, after)))}`
            : `${name} no longer needs anything`,
        ]),
    ...(before.where === after.where
      ? []
      : [
          after.where === undefined
            ? `${name} now answers all`
            : `${name} now answers those where ${said(after.where, side, after)}`,
        ]),
    ...parts.flatMap(([part, words]) => (sameJson(before[part], after[part]) ? [] : [`${name} now ${words}`])),
  ];
}

function acceptWords(
  name: string,
  before: readonly string[] | undefined,
  after: readonly string[] | undefined,
): readonly string[] {
  if (sameJson(before, after)) return [];
  if (!after) return [`${name} now accepts all that can be written`];
  if (!before) return [`${name} now accepts ${after.length === 0 ? "nothing" : `${sentenceList(after)} alone`}`];
  const [gone, come] = [before.filter((one) => !after.includes(one)), after.filter((one) => !before.includes(one))];
  return [
    ...(come.length === 0 ? [] : [`${name} now accepts ${sentenceList(come)}`]),
    ...(gone.length === 0 ? [] : [`${name} no longer accepts ${sentenceList(gone)}`]),
  ];
}

export interface StateSentence {
  readonly kind: "behaviourAdded" | "behaviourRemoved" | "behaviourChanged";
  readonly name?: string;
  readonly sentence: string;
}

export function stateSentences(before: Side, after: Side): readonly StateSentence[] {
  const [old, fresh] = [before.resource.states, after.resource.states];
  const resource = after.resource.name;
  const machine: StateSentence[] = [];
  if (old && old.attribute !== fresh?.attribute) {
    machine.push({ kind: "behaviourRemoved", sentence: `${resource}.${old.attribute} can be changed freely now` });
  }
  if (fresh && fresh.attribute !== old?.attribute) {
    machine.push({
      kind: "behaviourAdded",
      sentence: `${resource}.${fresh.attribute} now changes by its transitions alone`,
    });
  }
  const [gone, come] = [old?.transitions ?? [], fresh?.transitions ?? []];
  const many = capital(spokenName(after.resource.plural));
  return [
    ...machine,
    ...gone
      .filter(({ action }) => !come.some((one) => one.action === action))
      .map((one) => ({
        kind: "behaviourRemoved" as const,
        name: one.action,
        sentence: `${many} can no longer go ${way(one)}`,
      })),
    ...come.flatMap((one): readonly StateSentence[] => {
      const was = gone.find(({ action }) => action === one.action);
      if (!was)
        return [
          { kind: "behaviourAdded", name: one.action, sentence: `${many} can now go ${way(one)}${guard(one, after)}` },
        ];
      if (sameJson(was, one)) return [];
      const sentence = sameJson({ ...was, when: "" }, { ...one, when: "" })
        ? `${one.action} of ${resource} is now open ${one.when === undefined ? "whatever the record says" : `only where ${said(one.when, after)}`}`
        : `${many} can now go ${way(one)}${guard(one, after)}; before they could go ${way(was)}`;
      return [{ kind: "behaviourChanged", name: one.action, sentence }];
    }),
  ];
}

/** `from won or lost to lead (reopen)` */
function way({ action, from, to }: Transition): string {
  return `from ${from.length === 0 ? "any state" : sentenceList(from, "or")} to ${to} (${action})`;
}

function guard({ when }: Transition, side: Side): string {
  return when === undefined ? "" : ` if ${said(when, side)}`;
}

export function featureSentences({ features: old = {} }: Resource, after: Resource): readonly string[] {
  const { features: now = {} } = after;
  const many = spokenName(after.plural);
  const changed = (feature: keyof Features) => !sameJson(old[feature], now[feature]);
  const turned = (feature: keyof Features, on: string, off: string) =>
    changed(feature) ? [now[feature] ? on : off] : [];
  return [
    ...turned(
      "softDelete",
      `Destroyed ${many} are now kept and can be restored`,
      `Destroyed ${many} are no longer kept`,
    ),
    ...turned("history", `Every change of ${many} is now kept`, `Changes of ${many} are no longer kept`),
    ...turned(
      "versioned",
      now.versioned?.required
        ? `Changes of ${many} must now name the version that they change`
        : `${capital(many)} now have a version`,
      `${capital(many)} no longer have a version`,
    ),
    ...turned(
      "timestamps",
      `${capital(many)} now say when they were made and changed`,
      `${capital(many)} no longer say when they were made and changed`,
    ),
    ...turned(
      "tenant",
      `${capital(many)} now belong to the tenant in ${now.tenant ?? ""}`,
      `${capital(many)} of all tenants are now one`,
    ),
    ...turned(
      "search",
      `${capital(many)} can now be searched in ${sentenceList(now.search?.fields ?? [])}`,
      `${capital(many)} can no longer be searched`,
    ),
    ...turned(
      "order",
      `Lists of ${many} now come by ${sentenceList((now.order ?? []).map(({ name, descending }) => (descending ? `${name} descending` : name)))}`,
      `Lists of ${many} come in no order of their own any more`,
    ),
    ...turned(
      "changeFeed",
      `Changes of ${many} are now told to those who listen`,
      `Changes of ${many} are no longer told to those who listen`,
    ),
  ];
}

function said(text: string, { model, resource }: Side, action?: Action): string {
  return expressionWords(model, { resource: resource.name, text, arguments: action?.arguments ?? [] });
}
