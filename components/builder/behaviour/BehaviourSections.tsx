import type { Resource } from "#lib/model/types.ts";
import { ActionSection } from "./actions/ActionSection.tsx";
import { AggregateSection } from "./aggregates/AggregateSection.tsx";
import { CalculationSection } from "./calculations/CalculationSection.tsx";
import { FeatureSection } from "./features/FeatureSection.tsx";
import { StatesSection } from "./states/StatesSection.tsx";
import { ValidationSection } from "./validations/ValidationSection.tsx";

/** What a resource works out, checks and does. */
export function BehaviourSections({ resource }: { resource: Resource }) {
  return (
    <>
      <CalculationSection resource={resource} />
      <AggregateSection resource={resource} />
      <ValidationSection resource={resource} />
      <StatesSection resource={resource} />
      <ActionSection resource={resource} />
      <FeatureSection resource={resource} />
    </>
  );
}
