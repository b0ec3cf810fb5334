"use client";

import { Plus, X } from "lucide-react";
import { useState } from "react";
import { Button } from "#components/ui/Button.tsx";
import { Checkbox } from "#components/ui/Checkbox.tsx";
import { Field } from "#components/ui/Field.tsx";
import { IconButton } from "#components/ui/IconButton.tsx";
import { Input } from "#components/ui/Input.tsx";
import { Select } from "#components/ui/Select.tsx";
import { fieldNameShape } from "#lib/model/naming/nameShape.ts";
import type { Argument, AttributeKind } from "#lib/model/types.ts";
import { useProblems } from "../../../BuilderContext.tsx";
import { newType, suggestKind } from "../../../inspector/attributeChanges.ts";
import { ProblemList } from "../../../inspector/PathField.tsx";
import { nameDelay, useTypedValue } from "../../../inspector/useTypedValue.ts";
import { problemsWithin } from "../../../problems/problemsAt.ts";
import { typeOptions } from "../../../typeLooks.tsx";

/** What a value can be with nothing more to say than its type. */
export const parameterKinds = typeOptions.filter(
  ({ value }) => !["file", "sequence", "encrypted", "vector", "embed"].includes(value),
);

interface ParameterListProps {
  label: string;
  hint?: string;
  add: string;
  path: readonly string[];
  parameters: readonly Argument[];
  set: (parameters: readonly Argument[]) => void;
  /** Where what speaks of it follows the name; absent: the name is only another. */
  rename?: (from: string, to: string) => void;
}

/** Typed values that come in, or that are asked for. */
export function ParameterList({ label, hint, add, path, parameters, set, rename }: ParameterListProps) {
  const [adding, setAdding] = useState(false);
  return (
    <fieldset className="flex flex-col gap-2" data-path={path.join(".")}>
      <legend className="mb-1 font-medium text-muted text-xs">{label}</legend>
      {hint ? <p className="text-faint text-xs">{hint}</p> : null}
      {parameters.map((parameter, index) => (
        <ParameterRow
          // biome-ignore lint/suspicious/noArrayIndexKey: a name changes while one types it; the place does not
          key={`${index} of ${parameters.length}`}
          parameter={parameter}
          others={parameters}
          path={[...path, parameter.name]}
          change={(next) => set(parameters.with(index, next))}
          rename={(to) =>
            rename ? rename(parameter.name, to) : set(parameters.with(index, { ...parameter, name: to }))
          }
          remove={() => set(parameters.toSpliced(index, 1))}
        />
      ))}
      {adding ? (
        <NewParameter
          title={add}
          others={parameters}
          onDone={() => setAdding(false)}
          add={(parameter) => set([...parameters, parameter])}
        />
      ) : (
        <Button size="sm" icon={<Plus />} className="self-start" onClick={() => setAdding(true)}>
          {add}
        </Button>
      )}
    </fieldset>
  );
}

interface ParameterRowProps {
  parameter: Argument;
  others: readonly Argument[];
  path: readonly string[];
  change: (parameter: Argument) => void;
  rename: (to: string) => void;
  remove: () => void;
}

function ParameterRow({ parameter, others, path, change, rename, remove }: ParameterRowProps) {
  const problems = problemsWithin(useProblems(), path);
  const { name, type } = parameter;
  const typed = useTypedValue({
    value: name,
    commit: rename,
    check: (text) => (text === name ? null : nameProblem(others, text)),
    delay: nameDelay,
  });
  return (
    <div className="flex flex-col gap-1.5 rounded-md border p-2">
      <ProblemList problems={problems} />
      <div className="flex items-start gap-1">
        <Field label="Name" hideLabel error={typed.error} className="flex-1">
          <Input size="sm" spellCheck={false} {...typed.field} />
        </Field>
        <Select
          size="sm"
          aria-label={`Type of ${name}`}
          className="w-32 shrink-0"
          value={type.kind}
          options={parameterKinds}
          onValueChange={(kind) => change({ name, type: newType(kind), required: parameter.required })}
        />
        <IconButton label={`Remove ${name}`} size="sm" variant="danger" onClick={remove}>
          <X />
        </IconButton>
      </div>
      {type.kind === "choice" ? <Options parameter={parameter} change={change} /> : null}
      <Checkbox
        label="must be given"
        checked={parameter.required}
        onCheckedChange={(required) => change({ ...parameter, required })}
      />
    </div>
  );
}

function Options({ parameter, change }: Pick<ParameterRowProps, "parameter" | "change">) {
  const names = parameter.type.kind === "choice" ? parameter.type.options.map(({ name }) => name) : [];
  const split = (text: string) => [...new Set(text.split(",").map((name) => name.trim()))].filter(Boolean);
  const typed = useTypedValue({
    value: names.join(", "),
    commit: (text) =>
      change({ ...parameter, type: { kind: "choice", options: split(text).map((name) => ({ name, stored: name })) } }),
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

interface NewParameterProps {
  title: string;
  others: readonly Argument[];
  add: (parameter: Argument) => void;
  onDone: () => void;
}

function NewParameter({ title, others, add, onDone }: NewParameterProps) {
  const [name, setName] = useState("");
  const [chosen, setChosen] = useState<AttributeKind | null>(null);
  const wanted = name.trim();
  const error = wanted === "" ? null : nameProblem(others, wanted);
  const suggested = suggestKind(wanted);
  const kind = chosen ?? (parameterKinds.some(({ value }) => value === suggested) ? suggested : "text");
  return (
    <form
      aria-label={title}
      className="flex flex-col gap-2 rounded-md border bg-raised p-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (wanted === "" || error) return;
        add({ name: wanted, type: newType(kind), required: true });
        onDone();
      }}
    >
      <div className="grid grid-cols-2 gap-2">
        <Field label="Name" error={error}>
          <Input
            size="sm"
            autoFocus
            value={name}
            spellCheck={false}
            onChange={(event) => setName(event.target.value)}
          />
        </Field>
        <Field label="Type">
          <Select size="sm" value={kind} options={parameterKinds} onValueChange={setChosen} />
        </Field>
      </div>
      <div className="flex justify-end gap-2">
        <Button size="sm" onClick={onDone}>
          Cancel
        </Button>
        <Button size="sm" type="submit" variant="primary" disabled={wanted === "" || error !== null}>
          {title}
        </Button>
      </div>
    </form>
  );
}

function nameProblem(others: readonly Argument[], name: string): string | null {
  return fieldNameShape(name) ?? (others.some((one) => one.name === name) ? `There is a \`${name}\` already.` : null);
}
