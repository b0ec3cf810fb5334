import { spokenName } from "../../model/naming/spokenName.ts";
import type { Action, Policy } from "../../model/types.ts";
import { capital, lower } from "../../model/words/capital.ts";
import { policySentence } from "../../model/words/policySentence.ts";
import { names } from "../../plan/access/Rules.ts";
import { openDraft } from "../solve/Draft.ts";
import { doneOf, type Part, type Proposing, refusalOf } from "./Proposing.ts";
import { acting, type Sought, scenes } from "./scene.ts";
import { replacedAt, withoutAt, withResource } from "./without.ts";

const denials = ["forbidden", "not_found", "unauthenticated"];

/** For each policy somebody whom it lets do something and somebody whom it does not, or the other way round. */
export function proposePolicies(proposing: Proposing): void {
  (proposing.resource.policies ?? []).forEach((policy, index) => {
    const part: Part = {
      kind: "policy",
      path: [proposing.resource.name, "policies", String(index)],
      meaning: [policy.effect, policy.actions, policy.expression],
    };
    const actions = named(proposing, policy);
    const isKept = actions.some((action) => proposePolicy(proposing, { policy, index, part, action }));
    if (!isKept) {
      proposing.giveUp(part, `No test was found that depends on this rule alone: ${sentenceOf(proposing, policy)}.`);
    }
  });
}

/** The actions that a policy names, those that are plainest to test first. */
function named({ actions }: Proposing, policy: Policy): readonly Action[] {
  const order = ["update", "read", "destroy", "create"];
  const found = actions.filter(
    (action) => names(policy, action) && !(action.type === "read" && action.name !== "read"),
  );
  const own = found.filter(({ name }) => policy.actions.includes(name));
  const rank = ({ name, type }: Action) => order.indexOf(type) + (name === type ? 0 : 10);
  return [...new Set([...own, ...found.toSorted((a, b) => rank(a) - rank(b))])];
}

interface PolicyCase {
  readonly policy: Policy;
  readonly index: number;
  readonly part: Part;
  readonly action: Action;
}

function proposePolicy(proposing: Proposing, asked: PolicyCase): boolean {
  const { policy, index, part, action } = asked;
  const { resource, model, rules } = proposing;
  const policies = resource.policies ?? [];
  const sentence = sentenceOf(proposing, policy);
  const doing = doingWords(proposing, action);
  const isAllow = policy.effect === "allow";
  const dropped = withResource(model, resource, { policies: withoutAt(policies, index) });
  const always = withResource(model, resource, {
    policies: replacedAt(policies, index, { ...policy, expression: "true" }),
  });
  const own = rules.policies[index];
  if (!own) return false;
  const others = rules.policies.filter((rule, at) => at !== index && names(rule, action));
  const forbidden: readonly Sought[] = others
    .filter(({ effect }) => effect === "forbid")
    .map(({ expression }) => ({ expression, wanted: false }));
  const allowed = others.filter(({ effect }) => effect === "allow");
  const nobodyElse: readonly Sought[] = allowed.map(({ expression }) => ({ expression, wanted: false }));
  const explain = `${policy.describe ? `${policy.describe} ` : ""}${sentence}.`;
  const kept = proposing.propose({
    part,
    name: isAllow
      ? `${capital(doing)} is allowed: ${lower(sentence)}`
      : `${capital(doing)} is refused: ${lower(sentence)}`,
    explain,
    drafts: isAllow
      ? mixed(
          readable(proposing, action, own).map((read) =>
            scenes(proposing, {
              action,
              start: openDraft,
              first: [{ expression: own.expression, wanted: true }],
              besides: [...read, ...nobodyElse, ...forbidden],
            }),
          ),
        )
      : mixed(
          allowed.flatMap((allow) =>
            readable(proposing, action, allow).map((read) =>
              scenes(proposing, {
                action,
                start: openDraft,
                first: [
                  { expression: own.expression, wanted: true },
                  { expression: allow.expression, wanted: true },
                ],
                besides: [...read, ...forbidden],
              }),
            ),
          ),
        ),
    test: acting(proposing, action),
    expect: (outcome) => (isAllow ? doneOf(outcome) : refusalOf(outcome, denials)),
    without: dropped,
  });
  const opposite = proposing.propose({
    part,
    name: isAllow
      ? `${capital(doing)} is refused to all others: ${lower(sentence)}`
      : `${capital(doing)} is allowed otherwise: ${lower(sentence)}`,
    explain: isAllow
      ? `Whoever this rule does not mean is refused: ${explain}`
      : `Where this rule does not apply, nothing is refused by it: ${explain}`,
    drafts: isAllow
      ? mixed([
          near(proposing, { action, expression: own.expression, besides: nobodyElse }),
          scenes(proposing, {
            action,
            start: openDraft,
            first: [{ expression: own.expression, wanted: false }],
            besides: nobodyElse,
          }),
        ])
      : mixed(
          allowed.flatMap((allow) =>
            readable(proposing, action, allow).map((read) =>
              scenes(proposing, {
                action,
                start: openDraft,
                first: [
                  { expression: allow.expression, wanted: true },
                  { expression: own.expression, wanted: false },
                ],
                besides: [...read, ...forbidden],
              }),
            ),
          ),
        ),
    test: acting(proposing, action),
    expect: (outcome) => (isAllow ? refusalOf(outcome, denials) : doneOf(outcome)),
    without: always,
  });
  return kept || opposite;
}

interface Near {
  readonly action: Action;
  readonly expression: Sought["expression"];
  readonly besides: readonly Sought[];
}

/** Somebody whom a rule just does not mean: first it does, then one of its conditions is broken. */
function* near(proposing: Proposing, { action, expression, besides }: Near) {
  yield* scenes(proposing, {
    action,
    start: openDraft,
    first: [
      { expression, wanted: true },
      { expression, wanted: false },
    ],
    besides,
  });
}

/** What lets the record be read besides, which every change needs: each way is tried by itself. */
function readable(
  { rules }: Proposing,
  action: Action,
  by: { readonly actions: readonly string[] },
): readonly (readonly Sought[])[] {
  const read = { name: "read", type: "read" } as const;
  if (action.type === "read" || action.type === "create" || names(by, read)) return [[]];
  const forbidden = rules.policies
    .filter((rule) => rule.effect === "forbid" && names(rule, read))
    .map(({ expression }) => ({ expression, wanted: false }));
  const ways = rules.policies.filter((rule) => rule.effect === "allow" && names(rule, read));
  return ways.map(({ expression }) => [{ expression, wanted: true }, ...forbidden]);
}

/** A few of each, so that none takes all the tries. */
export function* mixed<T>(all: readonly Iterable<T>[], each = 8): Generator<T> {
  for (const some of all) {
    let taken = 0;
    for (const one of some) {
      yield one;
      taken += 1;
      if (taken >= each) break;
    }
  }
}

function sentenceOf({ resource, model }: Proposing, policy: Policy): string {
  return policySentence(resource, policy, model);
}

/** `reading a deal`, `win of a deal`. */
export function doingWords({ one }: Proposing, { name }: Pick<Action, "name">): string {
  switch (name) {
    case "read":
      return `reading ${one}`;
    case "create":
      return `creating ${one}`;
    case "update":
      return `changing ${one}`;
    case "destroy":
      return `deleting ${one}`;
    default:
      return `“${spokenName(name)}” of ${one}`;
  }
}
