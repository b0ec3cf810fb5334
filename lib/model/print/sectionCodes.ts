import type { Resource, States, Transition } from "../types.ts";
import { actionsCode, validationsCode } from "./actionsCode.ts";
import { resourceApiCodes } from "./apiCodes.ts";
import type { OptionCode } from "./attributeCode.ts";
import type { Code } from "./Code.ts";
import { call, list, object } from "./Code.ts";
import { aggregateCode, calculationCode } from "./calculationCode.ts";
import { featureCodes } from "./featureCodes.ts";
import { textsCode } from "./literalCode.ts";
import { conditionalUniqueCode, fieldPolicyCode, policyCode } from "./policiesCode.ts";
import { quoteText } from "./quoteText.ts";
import type { Style } from "./Style.ts";

/** The parts of a resource that say what it works out, does and allows, less those that say nothing. */
export function sectionCodes(resource: Resource, style: Style): readonly OptionCode[] {
  const { calculations, aggregates, validations, states, features, api } = resource;
  const members = calculations?.map((member) => [member.name, calculationCode(member, style)] as const);
  const totals = aggregates?.map((member) => [member.name, aggregateCode(member, style)] as const);
  const unique = uniqueCodes(resource, style);
  const policies = policyCodes(resource, style);
  const actions = actionsCode(resource, style);
  return [
    ...(members === undefined ? [] : [["calculations", { ...object(members), open: true }] as const]),
    ...(totals === undefined ? [] : [["aggregates", { ...object(totals), open: true }] as const]),
    ...(validations === undefined ? [] : [["validations", validationsCode(validations, style)] as const]),
    ...(states === undefined ? [] : [["states", statesCode(states, style)] as const]),
    ...(unique.length === 0 ? [] : [["unique", list(unique)] as const]),
    ...(actions === null ? [] : [["actions", actions] as const]),
    ...(policies.length === 0 ? [] : [["policies", { ...list(policies), open: true }] as const]),
    ...(features === undefined ? [] : featureCodes(features, style)),
    ...resourceApiCodes(api, style),
  ];
}

/** Plain groups, then those with a condition. */
function uniqueCodes({ uniques, conditionalUniques = [] }: Resource, style: Style): readonly Code[] {
  return [
    ...uniques.map((names) => textsCode(names, style)),
    ...conditionalUniques.map((group) => conditionalUniqueCode(group, style)),
  ];
}

/** Policies of records, then those of fields. */
function policyCodes({ policies = [], fieldPolicies = [] }: Resource, style: Style): readonly Code[] {
  return [
    ...policies.map((policy) => policyCode(policy, style)),
    ...fieldPolicies.map((policy) => fieldPolicyCode(policy, style)),
  ];
}

function statesCode({ attribute, transitions }: States, style: Style): Code {
  const members = transitions.map((transition) => [transition.action, transitionCode(transition, style)] as const);
  return {
    ...object([
      ["attribute", quoteText(attribute, style)],
      ["transitions", { ...object(members), open: true }],
    ]),
    open: true,
  };
}

/** `"won, lost -> lead"`, or `transition("qualified -> won", { when: "amount > 0" })` where it is guarded. */
function transitionCode({ from, to, when }: Transition, style: Style): Code {
  const arrow = quoteText(`${from.length === 0 ? "*" : from.join(", ")} -> ${to}`, style);
  return when === undefined ? arrow : call("transition", arrow, object([["when", quoteText(when, style)]]));
}
