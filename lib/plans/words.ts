import { type Feature, features, type Limit, limits, type PlanName, planFor, plans, planWith } from "./plans.ts";

/** "3 projects", "1 member", "Projects without a limit". */
export function limitWords(limit: Limit, value: number | null): string {
  const { one, many } = limits[limit];
  if (value === null) return `${many} without a limit`;
  return `${numberWords(value)} ${value === 1 ? one : many}`;
}

/** Digits in groups of three, the same on every machine. */
export function numberWords(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** Why one more does not go, which plan has more, where that is changed, and that nothing is lost. */
export function limitReached(
  limit: Limit,
  { plan, value }: { readonly plan: PlanName; readonly value: number },
): string {
  const larger = planFor(limit, value + 1);
  const more = larger
    ? `${plans[larger].title} has ${moreWords(limit, larger)}.`
    : "No plan has more: remove what is no longer needed.";
  return `This organisation is on ${plans[plan].title}, which has ${limitWords(limit, value)}. ${more} ${whereTo} ${kept}`;
}

/** Why something that is there can only be read since the organisation went to a smaller plan. */
export function overLimit(limit: Limit, { plan, value }: { readonly plan: PlanName; readonly value: number }): string {
  return `This organisation is on ${plans[plan].title}, which has ${limitWords(limit, value)}: ${heldWords[limit] ?? "what is beyond can only be read"}. ${wayOut} ${kept}`;
}

const heldWords: Partial<Record<Limit, string>> = {
  projects: "those that were made first go on, and this one can only be read",
  environments: "those that were made first go on, and this one can only be read",
  previews: "those that were made first go on, and this one can only be read",
  members: "owners and those who joined first go on, and you can only read",
};
const wayOut = "Remove what is no longer needed, or ask an owner for a larger plan under Settings, Plan and billing.";

/** Why a feature is refused, which plan has it, and where that is changed. */
export function featureMissing(feature: Feature, plan: PlanName): string {
  const kind: { readonly subject: string; readonly plural?: true } = features[feature];
  const verb = kind.plural ? "are" : "is";
  return `${kind.subject} ${verb} not part of ${plans[plan].title}; ${plans[planWith(feature)].title} has it. ${whereTo} ${kept}`;
}

const whereTo = "Owners change the plan under Settings, Plan and billing.";
const kept = "Nothing is lost: what is there stays as it is.";

function moreWords(limit: Limit, plan: PlanName): string {
  const value = plans[plan].limits[limit];
  return value === null ? "no such limit" : numberWords(value);
}
