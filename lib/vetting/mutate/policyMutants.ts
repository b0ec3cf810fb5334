import { fieldPolicySentences, policySentence } from "../../model/words/policySentence.ts";
import { replacedAt, withoutAt } from "../propose/without.ts";
import type { Mutants } from "./Mutants.ts";

/** Without a rule, or with one for everybody. */
export function policyMutants(into: Mutants): void {
  const { policies = [], fieldPolicies = [] } = into.resource;
  policies.forEach((policy, index) => {
    const part = ["policies", String(index)];
    const said = policySentence(into.resource, policy, into.model);
    into.add({
      kind: "policy",
      part,
      sentence: `Without the rule: ${said}.`,
      change: { policies: withoutAt(policies, index) },
    });
    if (policy.expression.trim() === "true") return;
    const open = replacedAt(policies, index, { ...policy, expression: "true" });
    into.add({
      kind: "policy",
      part,
      sentence: `For everybody and always: ${said}.`,
      change: { policies: open },
      drops: false,
    });
  });
  fieldPolicies.forEach((policy, index) => {
    const said = fieldPolicySentences(into.resource, policy, into.model);
    for (const side of ["read", "write"] as const) {
      if (policy[side] === undefined) continue;
      const { [side]: _gone, ...rest } = policy;
      const sentence = `Without the rule: ${(side === "read" ? said[0] : said.at(-1)) ?? ""}.`;
      into.add({
        kind: "fieldPolicy",
        part: ["fieldPolicies", String(index), side],
        sentence,
        change: { fieldPolicies: replacedAt(fieldPolicies, index, rest) },
      });
    }
  });
}
