"use client";

import { useState } from "react";
import { Button } from "#components/ui/Button.tsx";
import { Field } from "#components/ui/Field.tsx";
import { Input } from "#components/ui/Input.tsx";
import type { Resource } from "#lib/model/types.ts";
import { useBuilderActions } from "../../BuilderContext.tsx";
import { ExpressionField } from "../../expression/ExpressionField.tsx";
import { checkField } from "../../expression/expressionCheck.ts";
import { useScope } from "../../expression/useScope.ts";
import { partNameProblem } from "../../relationshipNames.ts";
import { typeLooks } from "../../typeLooks.tsx";
import { calculationType } from "./calculationType.ts";

/** A name and an expression; what type it is, the expression says. */
export function NewCalculation({ resource, onDone }: { resource: Resource; onDone: () => void }) {
  const { run, reveal } = useBuilderActions();
  const scope = useScope(resource.name);
  const [name, setName] = useState("");
  const [text, setText] = useState("");
  const wanted = name.trim();
  const error = wanted === "" ? null : partNameProblem(resource, wanted);
  const { expression } = checkField(text, { scope });
  const type = expression && calculationType(expression.type);
  const ready = wanted !== "" && error === null && type !== null;
  const add = () => {
    if (!ready || !type) return;
    const calculation = { name: wanted, type, expression: text.trim() };
    if (!run({ type: "setCalculation", resource: resource.name, calculation })) return;
    onDone();
    reveal({ kind: "calculation", resource: resource.name, name: wanted });
  };
  return (
    <form
      aria-label="New calculation"
      className="flex flex-col gap-2.5 rounded-md border bg-raised p-2.5"
      onSubmit={(event) => {
        event.preventDefault();
        add();
      }}
    >
      <Field label="Calculation name" error={error}>
        <Input
          autoFocus
          value={name}
          spellCheck={false}
          placeholder="margin"
          onChange={(event) => setName(event.target.value)}
        />
      </Field>
      <ExpressionField
        label="Expression"
        scope={scope}
        value={text}
        onCommit={setText}
        onDraft={setText}
        optional
        preview
        placeholder="price - cost"
        hint={
          type
            ? `Comes out as: ${typeLooks[type.kind].label.toLowerCase()}.`
            : "Start typing, or press Ctrl and Space, to see what there is."
        }
      />
      <div className="flex justify-end gap-2">
        <Button size="sm" onClick={onDone}>
          Cancel
        </Button>
        <Button size="sm" type="submit" variant="primary" disabled={!ready}>
          Add calculation
        </Button>
      </div>
    </form>
  );
}
