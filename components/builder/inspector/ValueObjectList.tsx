"use client";

import { ArrowRight, CornerDownLeft } from "lucide-react";
import { useId, useState } from "react";
import { FieldError } from "#components/ui/Field.tsx";
import { IconButton } from "#components/ui/IconButton.tsx";
import { Input } from "#components/ui/Input.tsx";
import { resourceNameShape } from "#lib/model/naming/nameShape.ts";
import { pascalCase } from "#lib/model/naming/pascalCase.ts";
import { useBuilderActions, useDraft } from "../BuilderContext.tsx";
import { resourceNameProblem } from "../relationshipNames.ts";
import { Section } from "./Section.tsx";

/** The app's value objects, and a line to add one. */
export function ValueObjectList() {
  const { valueObjects = [] } = useDraft();
  const { select } = useBuilderActions();
  return (
    <Section title="Value objects" note={String(valueObjects.length)}>
      {valueObjects.length === 0 ? (
        <p className="text-pretty text-faint text-xs">
          A value of several parts without rows of its own, such as an address. Attributes of any resource can hold it.
        </p>
      ) : (
        <ul className="-mx-1.5" aria-label="Value objects">
          {valueObjects.map(({ name, attributes }) => (
            <li key={name}>
              <button
                type="button"
                onClick={() => select({ kind: "valueObject", resource: name })}
                className="group flex h-7 w-full items-center gap-2 rounded-md px-1.5 text-left text-sm hover:bg-hover"
              >
                <span className="min-w-0 flex-1 truncate">{name}</span>
                <span className="text-faint text-xs tabular-nums">{attributes.length}</span>
                <ArrowRight className="size-3.5 text-faint opacity-0 group-hover:opacity-100" aria-hidden />
              </button>
            </li>
          ))}
        </ul>
      )}
      <NewValueObject />
    </Section>
  );
}

function NewValueObject() {
  const model = useDraft();
  const { run, select } = useBuilderActions();
  const [typed, setTyped] = useState("");
  const errorId = useId();
  const name = resourceNameShape(typed.trim()) === null ? typed.trim() : pascalCase(typed);
  const error = typed.trim() === "" ? null : resourceNameProblem(model, name);
  return (
    <form
      aria-label="New value object"
      className="flex flex-col gap-1"
      onSubmit={(event) => {
        event.preventDefault();
        if (typed.trim() === "" || error || !run({ type: "addValueObject", name })) return;
        setTyped("");
        select({ kind: "valueObject", resource: name });
      }}
    >
      <div className="flex items-center gap-1">
        <Input
          size="sm"
          aria-label="New value object name"
          placeholder="Add a value object"
          value={typed}
          spellCheck={false}
          onChange={(event) => setTyped(event.target.value)}
          {...(error ? { "aria-invalid": true, "aria-describedby": errorId } : {})}
        />
        <IconButton label="Add value object" size="sm" variant="secondary" type="submit">
          <CornerDownLeft />
        </IconButton>
      </div>
      {error ? <FieldError id={errorId} error={error} /> : null}
    </form>
  );
}
