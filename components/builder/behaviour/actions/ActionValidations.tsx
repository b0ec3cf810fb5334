"use client";

import { Plus } from "lucide-react";
import { useState } from "react";
import { Button } from "#components/ui/Button.tsx";
import { Disclosure } from "#components/ui/Disclosure.tsx";
import type { Validation } from "#lib/model/types.ts";
import { NewValidation } from "../validations/NewValidation.tsx";
import { ValidationItem } from "../validations/ValidationItem.tsx";
import type { ActionPart } from "./ActionPart.ts";

/** What must be true of the record that the action leaves behind. */
export function ActionValidations({ resource, action, path, set }: ActionPart) {
  const [adding, setAdding] = useState(false);
  const { validations = [] } = action;
  const change = (next: readonly Validation[]) => set({ validations: next.length === 0 ? undefined : next });
  const swapped = (index: number) => {
    const [first, second] = validations.slice(index, index + 2);
    return first && second ? validations.with(index, second).with(index + 1, first) : validations;
  };
  const given = { arguments: action.arguments ?? [] };
  return (
    <Disclosure
      title="Validations of the result"
      help="What must be true of the record after this action, besides what is asked of every change."
      note={validations.length === 0 ? undefined : String(validations.length)}
      data-section={[...path, "validations"].join(".")}
    >
      {validations.map((validation, index) => (
        <ValidationItem
          // biome-ignore lint/suspicious/noArrayIndexKey: validations have no names; they are where they stand
          key={index}
          resource={resource}
          validation={validation}
          action={given}
          path={[...path, "validations", String(index)]}
          set={(next) => change(validations.with(index, next))}
          remove={() => change(validations.toSpliced(index, 1))}
          up={index > 0 ? () => change(swapped(index - 1)) : undefined}
          down={index < validations.length - 1 ? () => change(swapped(index)) : undefined}
        />
      ))}
      {adding ? (
        <NewValidation
          resource={resource}
          action={given}
          add={(validation) => change([...validations, validation])}
          onDone={() => setAdding(false)}
        />
      ) : (
        <Button size="sm" icon={<Plus />} className="self-start" onClick={() => setAdding(true)}>
          Add validation
        </Button>
      )}
    </Disclosure>
  );
}
