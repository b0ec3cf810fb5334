"use client";

import { ChevronDown, ChevronUp, Trash2 } from "lucide-react";
import { Disclosure } from "#components/ui/Disclosure.tsx";
import { IconButton } from "#components/ui/IconButton.tsx";
import type { Argument, Resource, Validation } from "#lib/model/types.ts";
import { expressionWords } from "#lib/model/words/expressionWords.ts";
import { useDraft } from "../../BuilderContext.tsx";
import { plainWords } from "../calculations/CalculationSection.tsx";
import { ValidationFields } from "./ValidationFields.tsx";

interface ValidationItemProps {
  resource: Resource;
  validation: Validation;
  path: readonly string[];
  action?: { readonly arguments: readonly Argument[] };
  set: (validation: Validation) => void;
  remove: () => void;
  /** Before and after its neighbours; absent at the ends. */
  up?: (() => void) | undefined;
  down?: (() => void) | undefined;
}

/** A validation as its sentence; opened, all that can be said of it. */
export function ValidationItem({ up, down, remove, ...rest }: ValidationItemProps) {
  const model = useDraft();
  const { resource, validation, path, action } = rest;
  const said = { resource: resource.name, text: validation.expression, arguments: action?.arguments ?? [] };
  const words = plainWords(expressionWords(model, said));
  return (
    <div className="rounded-md border px-1.5">
      <Disclosure
        data-section={path.join(".")}
        title={<span className="block truncate text-sm">{validation.message || words}</span>}
        className="[&>button]:font-normal"
      >
        <ValidationFields {...rest} />
        <div className="flex items-center gap-1">
          <IconButton label="Move up" size="sm" disabled={!up} onClick={up}>
            <ChevronUp />
          </IconButton>
          <IconButton label="Move down" size="sm" disabled={!down} onClick={down}>
            <ChevronDown />
          </IconButton>
          <span className="flex-1" />
          <IconButton label="Remove validation" size="sm" variant="danger" onClick={remove}>
            <Trash2 />
          </IconButton>
        </div>
      </Disclosure>
    </div>
  );
}
