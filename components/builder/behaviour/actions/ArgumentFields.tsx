"use client";

import { Plus, X } from "lucide-react";
import { useState } from "react";
import { Button } from "#components/ui/Button.tsx";
import { Checkbox } from "#components/ui/Checkbox.tsx";
import { Disclosure } from "#components/ui/Disclosure.tsx";
import { Field } from "#components/ui/Field.tsx";
import { IconButton } from "#components/ui/IconButton.tsx";
import { Input } from "#components/ui/Input.tsx";
import { Select } from "#components/ui/Select.tsx";
import { fieldNameShape } from "#lib/model/naming/nameShape.ts";
import { reservedField } from "#lib/model/naming/reservedNames.ts";
import type { Action, Argument, AttributeKind } from "#lib/model/types.ts";
import { useBuilderActions, useProblems } from "../../BuilderContext.tsx";
import { newType, suggestKind } from "../../inspector/attributeChanges.ts";
import { PathField, ProblemList } from "../../inspector/PathField.tsx";
import { nameDelay, useTypedValue } from "../../inspector/useTypedValue.ts";
import { problemsBeside } from "../../problems/problemsAt.ts";
import { typeOptions } from "../../typeLooks.tsx";
import type { ActionPart } from "./ActionPart.ts";

/** What an argument can be with nothing more to say than its type. */
const kinds = typeOptions.filter(
  ({ value }) => !["file", "sequence", "encrypted", "vector", "embed", "json"].includes(value),
);

/** Values that a caller gives and that are not stored under their names. */
export function ArgumentFields(part: ActionPart) {
  const { action, path, set } = part;
  const [adding, setAdding] = useState(false);
  const { arguments: given = [] } = action;
  const change = (next: readonly Argument[]) => set({ arguments: next.length === 0 ? undefined : next });
  return (
    <Disclosure
      title="Arguments"
      help="Values that a caller gives and that are not fields, such as a reason. Expressions see them as arguments.reason."
      note={given.length === 0 ? undefined : String(given.length)}
      defaultOpen={given.length > 0}
      data-section={[...path, "arguments"].join(".")}
    >
      {given.map((argument, index) => (
        <ArgumentRow
          // biome-ignore lint/suspicious/noArrayIndexKey: a name changes while one types it; the place does not
          key={`${index} of ${given.length}`}
          {...part}
          argument={argument}
          change={(next) => change(given.with(index, next))}
          remove={() => change(given.toSpliced(index, 1))}
        />
      ))}
      {adding ? (
        <NewArgument action={action} onDone={() => setAdding(false)} add={(argument) => change([...given, argument])} />
      ) : (
        <Button size="sm" icon={<Plus />} className="self-start" onClick={() => setAdding(true)}>
          Add argument
        </Button>
      )}
    </Disclosure>
  );
}

const own = new Set(["name", "type"]);

interface ArgumentRowProps extends ActionPart {
  argument: Argument;
  change: (argument: Argument) => void;
  remove: () => void;
}

function ArgumentRow({ resource, action, path: of, argument, change, remove }: ArgumentRowProps) {
  const { run } = useBuilderActions();
  const path = [...of, "arguments", argument.name];
  const problems = problemsBeside(useProblems(), path, own);
  const name = useTypedValue({
    value: argument.name,
    commit: (to) =>
      run({ type: "renameArgument", resource: resource.name, action: action.name, argument: argument.name, to }),
    check: (text) => (text === argument.name ? null : argumentNameProblem(action, text)),
    delay: nameDelay,
  });
  return (
    <div className="flex flex-col gap-1.5 rounded-md border p-2">
      <ProblemList problems={problems} />
      <div className="flex items-start gap-1">
        <PathField
          path={[...path, "name"]}
          label="Argument name"
          hideLabel
          error={name.error}
          className="min-w-0 flex-1"
        >
          <Input size="sm" {...name.field} spellCheck={false} />
        </PathField>
        <Select
          size="sm"
          aria-label={`Type of ${argument.name}`}
          className="w-32 shrink-0"
          value={argument.type.kind}
          options={kinds}
          onValueChange={(kind) => change({ name: argument.name, type: newType(kind), required: argument.required })}
        />
        <IconButton label={`Remove argument ${argument.name}`} size="sm" variant="danger" onClick={remove}>
          <X />
        </IconButton>
      </div>
      {argument.type.kind === "choice" ? <Options argument={argument} change={change} /> : null}
      <Checkbox
        label="must be given"
        checked={argument.required}
        onCheckedChange={(required) => change({ ...argument, required })}
      />
    </div>
  );
}

function Options({ argument, change }: { argument: Argument; change: (argument: Argument) => void }) {
  const names = argument.type.kind === "choice" ? argument.type.options.map(({ name }) => name) : [];
  const split = (text: string) => [...new Set(text.split(",").map((name) => name.trim()))].filter(Boolean);
  const typed = useTypedValue({
    value: names.join(", "),
    commit: (text) =>
      change({ ...argument, type: { kind: "choice", options: split(text).map((name) => ({ name, stored: name })) } }),
    check: (text) =>
      split(text).every((name) => /^[A-Za-z]\w*$/.test(name)) && split(text).length > 0
        ? null
        : "Write names with commas between them.",
    delay: nameDelay,
  });
  return (
    <Field label="Options" error={typed.error}>
      <Input size="sm" {...typed.field} />
    </Field>
  );
}

interface NewArgumentProps {
  action: Action;
  add: (argument: Argument) => boolean;
  onDone: () => void;
}

function NewArgument({ action, add, onDone }: NewArgumentProps) {
  const [name, setName] = useState("");
  const [chosen, setChosen] = useState<AttributeKind | null>(null);
  const wanted = name.trim();
  const error = wanted === "" ? null : argumentNameProblem(action, wanted);
  const suggested = suggestKind(wanted);
  const kind = chosen ?? (kinds.some(({ value }) => value === suggested) ? suggested : "text");
  return (
    <form
      aria-label="New argument"
      className="flex flex-col gap-2 rounded-md border bg-raised p-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (wanted === "" || error) return;
        if (add({ name: wanted, type: newType(kind), required: true })) onDone();
      }}
    >
      <div className="grid grid-cols-2 gap-2">
        <Field label="Argument name" error={error}>
          <Input
            size="sm"
            autoFocus
            value={name}
            spellCheck={false}
            onChange={(event) => setName(event.target.value)}
          />
        </Field>
        <Field label="Type">
          <Select size="sm" value={kind} options={kinds} onValueChange={setChosen} />
        </Field>
      </div>
      <div className="flex justify-end gap-2">
        <Button size="sm" onClick={onDone}>
          Cancel
        </Button>
        <Button size="sm" type="submit" variant="primary" disabled={wanted === "" || error !== null}>
          Add argument
        </Button>
      </div>
    </form>
  );
}

function argumentNameProblem({ arguments: given = [], accept = [] }: Action, name: string): string | null {
  const shape = fieldNameShape(name);
  if (shape) return shape;
  const meaning = reservedField(name);
  if (meaning) return `\`${name}\` is ${meaning}. Choose another name.`;
  if (given.some((argument) => argument.name === name)) return `There is an argument \`${name}\` already.`;
  return accept.includes(name) ? `\`${name}\` is a field that callers give already.` : null;
}
