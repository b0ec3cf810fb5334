"use client";

import { Plus, X } from "lucide-react";
import { useState } from "react";
import { Button } from "#components/ui/Button.tsx";
import { IconButton } from "#components/ui/IconButton.tsx";
import { Input } from "#components/ui/Input.tsx";
import type { Requirement } from "#lib/model/types.ts";
import { ExpressionField } from "../../expression/ExpressionField.tsx";
import { useScope } from "../../expression/useScope.ts";
import { PathField } from "../../inspector/PathField.tsx";
import { useTypedValue } from "../../inspector/useTypedValue.ts";
import { conditionType } from "../conditionType.ts";
import type { ActionPart } from "./ActionPart.ts";

/** What must be true before the action, and what to say where it is not. */
export function RequireFields({ resource, action, path, set }: ActionPart) {
  const [adding, setAdding] = useState(false);
  const scope = useScope(resource.name, action.arguments);
  const { require = [] } = action;
  const change = (next: readonly Requirement[]) => set({ require: next.length === 0 ? undefined : next });
  return (
    <fieldset className="flex flex-col gap-2" data-path={[...path, "require"].join(".")}>
      <legend className="mb-1 font-medium text-muted text-xs">
        {action.type === "create" ? "Only if the new record fulfils" : "Only if the record before it fulfils"}
      </legend>
      {require.map((requirement, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: requirements have no names; they are where they stand
        <div key={index} className="flex flex-col gap-1.5 rounded-md border p-2">
          <ExpressionField
            label={`Requirement ${index + 1}`}
            hideLabel
            path={[...path, "require", String(index), "expression"]}
            scope={scope}
            expected={conditionType}
            value={requirement.expression}
            onCommit={(text) => change(require.with(index, { ...requirement, expression: text }))}
            wordsBefore="only if"
          />
          <div className="flex items-end gap-1">
            <Message
              requirement={requirement}
              path={[...path, "require", String(index), "message"]}
              set={(next) => change(require.with(index, next))}
            />
            <IconButton
              label={`Remove requirement ${index + 1}`}
              size="sm"
              variant="danger"
              onClick={() => change(require.toSpliced(index, 1))}
            >
              <X />
            </IconButton>
          </div>
        </div>
      ))}
      {adding ? (
        <ExpressionField
          label="New requirement"
          hideLabel
          scope={scope}
          expected={conditionType}
          value=""
          optional
          autoFocus
          placeholder="amount > 0"
          hint="Enter takes it over."
          onCommit={(text) => {
            setAdding(false);
            if (text !== "") change([...require, { expression: text }]);
          }}
        />
      ) : (
        <Button size="sm" icon={<Plus />} className="self-start" onClick={() => setAdding(true)}>
          Require something
        </Button>
      )}
    </fieldset>
  );
}

interface MessageProps {
  requirement: Requirement;
  path: readonly string[];
  set: (requirement: Requirement) => void;
}

function Message({ requirement, path, set }: MessageProps) {
  const { expression, message = "" } = requirement;
  const typed = useTypedValue({
    value: message,
    commit: (text) => set(text.trim() === "" ? { expression } : { expression, message: text.trim() }),
  });
  return (
    <PathField path={path} label="What to say otherwise" className="min-w-0 flex-1">
      <Input size="sm" placeholder="It has no amount yet." {...typed.field} />
    </PathField>
  );
}
