"use client";

import { Plus, Sigma } from "lucide-react";
import { useState } from "react";
import { Button } from "#components/ui/Button.tsx";
import type { Resource } from "#lib/model/types.ts";
import { aggregateSentence } from "#lib/model/words/aggregateSentence.ts";
import { useDraft } from "../../BuilderContext.tsx";
import { BehaviourSection, countNote, Example } from "../BehaviourSection.tsx";
import { ItemRow } from "../ItemRow.tsx";
import { likelyPaths } from "./aggregateChoices.ts";
import { NewAggregate } from "./NewAggregate.tsx";

export function AggregateSection({ resource }: { resource: Resource }) {
  const model = useDraft();
  const [adding, setAdding] = useState(false);
  const { name: of, aggregates = [] } = resource;
  const possible = likelyPaths(model, resource).length > 0;
  return (
    <BehaviourSection
      title="Aggregates"
      help="Counts, sums and the like over the records that this one is connected to."
      path={[of, "aggregates"]}
      note={countNote(aggregates.length)}
    >
      {aggregates.length === 0 ? null : (
        <ul className="-mx-1.5" aria-label={`Aggregates of ${of}`}>
          {aggregates.map((aggregate) => (
            <li key={aggregate.name}>
              <ItemRow
                icon={Sigma}
                word="Aggregate"
                selection={{ kind: "aggregate", resource: of, name: aggregate.name }}
                path={[of, "aggregates", aggregate.name]}
                note={aggregate.function}
                sentence={aggregateSentence(model, resource, aggregate)}
              />
            </li>
          ))}
        </ul>
      )}
      {adding ? (
        <NewAggregate resource={resource} onDone={() => setAdding(false)} />
      ) : possible ? (
        <>
          {aggregates.length === 0 ? (
            <Example>how many orders a customer has, or the sum of their amounts</Example>
          ) : null}
          <Button size="sm" icon={<Plus />} className="self-start" onClick={() => setAdding(true)}>
            Add aggregate
          </Button>
        </>
      ) : aggregates.length === 0 ? (
        <p className="text-muted text-xs">
          {of} has no several records to look at yet. Add a relationship by which others belong to it.
        </p>
      ) : null}
    </BehaviourSection>
  );
}
