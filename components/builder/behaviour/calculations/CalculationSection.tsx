"use client";

import { Plus, SquareFunction } from "lucide-react";
import { useState } from "react";
import { Button } from "#components/ui/Button.tsx";
import type { Resource } from "#lib/model/types.ts";
import { expressionWords } from "#lib/model/words/expressionWords.ts";
import { useDraft } from "../../BuilderContext.tsx";
import { typeWord } from "../../typeLooks.tsx";
import { BehaviourSection, countNote, Example } from "../BehaviourSection.tsx";
import { ItemRow } from "../ItemRow.tsx";
import { NewCalculation } from "./NewCalculation.tsx";

export function CalculationSection({ resource }: { resource: Resource }) {
  const model = useDraft();
  const [adding, setAdding] = useState(false);
  const { name: of, calculations = [] } = resource;
  return (
    <BehaviourSection
      title="Calculations"
      help="Values worked out from the record and what it is connected to, whenever they are asked for."
      path={[of, "calculations"]}
      note={countNote(calculations.length)}
    >
      {calculations.length === 0 ? null : (
        <ul className="-mx-1.5" aria-label={`Calculations of ${of}`}>
          {calculations.map(({ name, type, expression }) => (
            <li key={name}>
              <ItemRow
                icon={SquareFunction}
                word="Calculation"
                selection={{ kind: "calculation", resource: of, name }}
                path={[of, "calculations", name]}
                note={typeWord(type)}
                sentence={plainWords(expressionWords(model, { resource: of, text: expression }))}
              />
            </li>
          ))}
        </ul>
      )}
      {adding ? (
        <NewCalculation resource={resource} onDone={() => setAdding(false)} />
      ) : (
        <>
          {calculations.length === 0 ? (
            <Example>
              the full name is <code className="font-mono">firstName + ' ' + lastName</code>
            </Example>
          ) : null}
          <Button size="sm" icon={<Plus />} className="self-start" onClick={() => setAdding(true)}>
            Add calculation
          </Button>
        </>
      )}
    </BehaviourSection>
  );
}

/** Words, or the text itself without its ticks. */
export function plainWords(words: string): string {
  return words.replace(/^`([\s\S]*)`$/, "$1");
}
