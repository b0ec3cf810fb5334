"use client";

import { Plus, X } from "lucide-react";
import { useState } from "react";
import { Button } from "#components/ui/Button.tsx";
import { Field } from "#components/ui/Field.tsx";
import { IconButton } from "#components/ui/IconButton.tsx";
import { Input } from "#components/ui/Input.tsx";
import { Select } from "#components/ui/Select.tsx";
import type { ExpressionScope } from "#lib/expression/ExpressionScope.ts";
import { valueTypeOf } from "#lib/model/expressions/valueTypeOf.ts";
import { fieldNameShape } from "#lib/model/naming/nameShape.ts";
import type { TypedExpression } from "#lib/model/processTypes.ts";
import { useDraft, useProblems } from "../../../BuilderContext.tsx";
import {
  calculationType,
  calculationTypeOptions,
  typeOfKind,
} from "../../../behaviour/calculations/calculationType.ts";
import { ExpressionField } from "../../../expression/ExpressionField.tsx";
import { checkField } from "../../../expression/expressionCheck.ts";
import { ProblemList } from "../../../inspector/PathField.tsx";
import { useTypedValue } from "../../../inspector/useTypedValue.ts";
import { problemsAt } from "../../../problems/problemsAt.ts";

interface ValueListProps {
  label: string;
  hint?: string;
  add: string;
  path: readonly string[];
  scope: ExpressionScope;
  values: readonly TypedExpression[];
  set: (values: readonly TypedExpression[]) => void;
}

/** Values with names and types of their own. */
export function ValueList({ label, hint, add, path, scope, values, set }: ValueListProps) {
  const model = useDraft();
  const problems = useProblems();
  const [adding, setAdding] = useState(false);
  return (
    <fieldset className="flex flex-col gap-2" data-path={path.join(".")}>
      <legend className="mb-1 font-medium text-muted text-xs">{label}</legend>
      <ProblemList problems={problemsAt(problems, path)} />
      {values.map((value, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a name changes while one types it; the place does not
        <div key={`${index} of ${values.length}`} className="flex flex-col gap-1.5 rounded-md border p-2">
          <div className="flex items-start gap-1">
            <ValueName value={value} others={values} rename={(name) => set(values.with(index, { ...value, name }))} />
            <Select
              size="sm"
              aria-label={`Type of ${value.name}`}
              className="w-32 shrink-0"
              value={value.type.kind}
              options={calculationTypeOptions}
              onValueChange={(kind) => {
                const guessed = checkField(value.expression, { scope }).expression;
                const type = typeOfKind(kind, guessed && calculationType(guessed.type));
                set(values.with(index, { ...value, type }));
              }}
            />
            <IconButton
              label={`Remove ${value.name}`}
              size="sm"
              variant="danger"
              onClick={() => set(values.toSpliced(index, 1))}
            >
              <X />
            </IconButton>
          </div>
          <ExpressionField
            label={`Value of ${value.name}`}
            hideLabel
            path={[...path, value.name, "expression"]}
            scope={scope}
            expected={valueTypeOf(value.type, model)}
            value={value.expression}
            onCommit={(expression) => set(values.with(index, { ...value, expression }))}
          />
          <ProblemList problems={problemsAt(problems, [...path, value.name])} />
        </div>
      ))}
      {adding ? (
        <NewValue
          scope={scope}
          others={values}
          onDone={() => setAdding(false)}
          add={(value) => set([...values, value])}
        />
      ) : (
        <Button size="sm" icon={<Plus />} className="self-start" onClick={() => setAdding(true)}>
          {add}
        </Button>
      )}
      {hint ? <p className="text-faint text-xs">{hint}</p> : null}
    </fieldset>
  );
}

interface ValueNameProps {
  value: TypedExpression;
  others: readonly TypedExpression[];
  rename: (name: string) => void;
}

function ValueName({ value, others, rename }: ValueNameProps) {
  const typed = useTypedValue({
    value: value.name,
    commit: rename,
    check: (text) => (text === value.name ? null : nameProblem(others, text)),
  });
  return (
    <Field label="Name" hideLabel error={typed.error} className="flex-1">
      <Input size="sm" spellCheck={false} {...typed.field} />
    </Field>
  );
}

interface NewValueProps {
  scope: ExpressionScope;
  others: readonly TypedExpression[];
  add: (value: TypedExpression) => void;
  onDone: () => void;
}

function NewValue({ scope, others, add, onDone }: NewValueProps) {
  const [name, setName] = useState("");
  const [expression, setExpression] = useState("");
  const wanted = name.trim();
  const error = wanted === "" ? null : nameProblem(others, wanted);
  const checked = checkField(expression, { scope }).expression;
  const ready = wanted !== "" && error === null && expression.trim() !== "";
  return (
    <form
      aria-label="New value"
      className="flex flex-col gap-2 rounded-md border bg-raised p-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (!ready) return;
        const type = (checked && calculationType(checked.type)) ?? { kind: "text" };
        add({ name: wanted, type, expression: expression.trim() });
        onDone();
      }}
    >
      <Field label="Name" error={error}>
        <Input size="sm" autoFocus value={name} spellCheck={false} onChange={(event) => setName(event.target.value)} />
      </Field>
      <ExpressionField
        label="Value"
        scope={scope}
        value={expression}
        placeholder="what to work out"
        onDraft={setExpression}
        onCommit={setExpression}
      />
      <div className="flex justify-end gap-2">
        <Button size="sm" onClick={onDone}>
          Cancel
        </Button>
        <Button size="sm" type="submit" variant="primary" disabled={!ready}>
          Add value
        </Button>
      </div>
    </form>
  );
}

function nameProblem(others: readonly TypedExpression[], name: string): string | null {
  return fieldNameShape(name) ?? (others.some((one) => one.name === name) ? `There is a \`${name}\` already.` : null);
}
