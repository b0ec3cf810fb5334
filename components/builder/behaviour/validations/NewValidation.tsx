"use client";

import { useState } from "react";
import { Button } from "#components/ui/Button.tsx";
import { Field } from "#components/ui/Field.tsx";
import { Input } from "#components/ui/Input.tsx";
import type { Argument, Resource, Validation } from "#lib/model/types.ts";
import { ExpressionField } from "../../expression/ExpressionField.tsx";
import { checkField } from "../../expression/expressionCheck.ts";
import { useScope } from "../../expression/useScope.ts";
import { conditionType } from "../conditionType.ts";

interface NewValidationProps {
  resource: Resource;
  action?: { readonly arguments: readonly Argument[] };
  /** True when it was added. */
  add: (validation: Validation) => boolean;
  onDone: () => void;
}

export function NewValidation({ resource, action, add, onDone }: NewValidationProps) {
  const scope = useScope(resource.name, action?.arguments);
  const [text, setText] = useState("");
  const [message, setMessage] = useState("");
  const { expression } = checkField(text, { scope, expected: conditionType });
  const ready = expression !== null && message.trim() !== "";
  return (
    <form
      aria-label="New validation"
      className="flex flex-col gap-2.5 rounded-md border bg-raised p-2.5"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready && add({ expression: text.trim(), message: message.trim() })) onDone();
      }}
    >
      <ExpressionField
        label="Must be true"
        scope={scope}
        expected={conditionType}
        value={text}
        onCommit={setText}
        onDraft={setText}
        optional
        autoFocus
        preview
        placeholder="endsOn >= startsOn"
      />
      <Field label="What to say where it is not">
        <Input
          value={message}
          placeholder="It ends before it starts."
          onChange={(event) => setMessage(event.target.value)}
        />
      </Field>
      <div className="flex justify-end gap-2">
        <Button size="sm" onClick={onDone}>
          Cancel
        </Button>
        <Button size="sm" type="submit" variant="primary" disabled={!ready}>
          Add validation
        </Button>
      </div>
    </form>
  );
}
