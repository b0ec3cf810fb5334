"use client";

import { useState } from "react";
import { Button } from "#components/ui/Button.tsx";
import { Checkbox } from "#components/ui/Checkbox.tsx";
import { Input } from "#components/ui/Input.tsx";
import { Select } from "#components/ui/Select.tsx";
import { actionsOf } from "#lib/model/actions/actionsOf.ts";
import { actionsNamed, sharedArguments } from "#lib/model/expressions/actionsNamed.ts";
import type { Argument, Resource, Validation } from "#lib/model/types.ts";
import { ExpressionField } from "../../expression/ExpressionField.tsx";
import { useScope } from "../../expression/useScope.ts";
import { PathField } from "../../inspector/PathField.tsx";
import { useTypedValue } from "../../inspector/useTypedValue.ts";
import { conditionType } from "../conditionType.ts";
import { withoutEmpty } from "../withoutEmpty.ts";

interface ValidationFieldsProps {
  resource: Resource;
  validation: Validation;
  path: readonly string[];
  set: (validation: Validation) => void;
  /** Of the action that it belongs to; its own validations are asked by it alone. */
  action?: { readonly arguments: readonly Argument[] };
}

const whole = "";

/** All that can be said of one validation. */
export function ValidationFields({ resource, validation, path, set, action }: ValidationFieldsProps) {
  const { expression, message, field, when, actions } = validation;
  const [conditional, setConditional] = useState(false);
  const given = action?.arguments ?? sharedArguments(actions ? actionsNamed(resource, actions) : []);
  const scope = useScope(resource.name, given);
  const change = (next: { [K in keyof Validation]?: Validation[K] | undefined }) =>
    set(withoutEmpty<Validation>({ expression, message, field, when, actions, ...next }));
  const words = useTypedValue({ value: message, commit: (text) => change({ message: text.trim() }) });
  const fields = [...resource.attributes, ...resource.relationships].map(({ name }) => name);
  return (
    <div className="flex flex-col gap-2.5">
      <ExpressionField
        label="Must be true"
        path={[...path, "expression"]}
        scope={scope}
        expected={conditionType}
        value={expression}
        onCommit={(text) => change({ expression: text })}
        preview
      />
      <PathField path={[...path, "message"]} label="What to say where it is not">
        <Input {...words.field} />
      </PathField>
      <PathField path={[...path, "field"]} label="Shown at the field">
        <Select
          value={field ?? whole}
          options={[
            { value: whole, label: "the whole record" },
            ...[...new Set([...(field === undefined ? [] : [field]), ...fields])].map((name) => ({
              value: name,
              label: name,
            })),
          ]}
          onValueChange={(name) => change({ field: name === whole ? undefined : name })}
        />
      </PathField>
      {when === undefined && !conditional ? (
        <Button size="sm" variant="ghost" className="self-start" onClick={() => setConditional(true)}>
          Ask it only under a condition
        </Button>
      ) : (
        <ExpressionField
          label="Asked only when"
          path={[...path, "when"]}
          scope={scope}
          expected={conditionType}
          value={when ?? ""}
          optional
          autoFocus={conditional}
          placeholder="stage == 'won'"
          onCommit={(text) => {
            setConditional(false);
            change({ when: text === "" ? undefined : text });
          }}
          wordsBefore="asked only when"
        />
      )}
      {action ? null : <AskedBy resource={resource} actions={actions} set={(next) => change({ actions: next })} />}
    </div>
  );
}

interface AskedByProps {
  resource: Resource;
  actions: readonly string[] | undefined;
  set: (actions: readonly string[] | undefined) => void;
}

/** Which actions ask it; all of them where none is named. */
function AskedBy({ resource, actions, set }: AskedByProps) {
  const writing = actionsOf(resource).filter(({ type }) => type === "create" || type === "update");
  return (
    <fieldset className="flex flex-col gap-1">
      <legend className="mb-1 font-medium text-muted text-xs">Asked by</legend>
      <Checkbox
        label="every action that creates or updates"
        checked={actions === undefined}
        onCheckedChange={(all) => set(all ? undefined : writing.map(({ name }) => name))}
      />
      {actions === undefined
        ? null
        : writing.map(({ name }) => (
            <Checkbox
              key={name}
              className="pl-5"
              label={name}
              checked={actions.includes(name)}
              onCheckedChange={(on) => {
                const next = on ? [...actions, name] : actions.filter((other) => other !== name);
                // One that nobody asks would be no validation.
                if (next.length > 0) set(next);
              }}
            />
          ))}
    </fieldset>
  );
}
