"use client";

import { Plus } from "lucide-react";
import { useState } from "react";
import { Button } from "#components/ui/Button.tsx";
import type { ListChange } from "#lib/model/commands/BehaviourCommand.ts";
import type { Resource, Validation } from "#lib/model/types.ts";
import { useBuilderActions } from "../../BuilderContext.tsx";
import { BehaviourSection, countNote, Example } from "../BehaviourSection.tsx";
import { NewValidation } from "./NewValidation.tsx";
import { ValidationItem } from "./ValidationItem.tsx";

export function ValidationSection({ resource }: { resource: Resource }) {
  const { run } = useBuilderActions();
  const [adding, setAdding] = useState(false);
  const { name: of, validations = [] } = resource;
  const change = (next: ListChange<Validation>, key?: string) =>
    run({ type: "changeValidations", resource: of, change: next }, key === undefined ? {} : { key });
  return (
    <BehaviourSection
      title="Validations"
      help="What must be true of a record, whoever changes it. A change after which it is not is refused."
      path={[of, "validations"]}
      note={countNote(validations.length)}
    >
      {validations.length === 0 ? null : (
        <ul className="flex flex-col gap-1.5" aria-label={`Validations of ${of}`}>
          {validations.map((validation, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: validations have no names; they are where they stand
            <li key={index}>
              <ValidationItem
                resource={resource}
                validation={validation}
                path={[of, "validations", String(index)]}
                set={(item) => change({ kind: "set", index, item }, `${of}.validations.${index}`)}
                remove={() => change({ kind: "remove", index })}
                up={index > 0 ? () => change({ kind: "move", index, to: index - 1 }) : undefined}
                down={index < validations.length - 1 ? () => change({ kind: "move", index, to: index + 2 }) : undefined}
              />
            </li>
          ))}
        </ul>
      )}
      {adding ? (
        <NewValidation
          resource={resource}
          add={(item) => change({ kind: "add", item })}
          onDone={() => setAdding(false)}
        />
      ) : (
        <>
          {validations.length === 0 ? (
            <Example>
              <code className="font-mono">endsOn &gt;= startsOn</code>, or else “It ends before it starts.”
            </Example>
          ) : null}
          <Button size="sm" icon={<Plus />} className="self-start" onClick={() => setAdding(true)}>
            Add validation
          </Button>
        </>
      )}
    </BehaviourSection>
  );
}
