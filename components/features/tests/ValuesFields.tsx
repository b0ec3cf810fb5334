"use client";

import { Plus, X } from "lucide-react";
import { useState } from "react";
import { Button } from "#components/ui/Button.tsx";
import { Field } from "#components/ui/Field.tsx";
import { IconButton } from "#components/ui/IconButton.tsx";
import { Input } from "#components/ui/Input.tsx";
import { spokenName } from "#lib/model/naming/spokenName.ts";
import type { TestValue } from "#lib/model/testTypes.ts";
import { readTypedValue, typedValueText } from "./typedValue.ts";

type Values = Readonly<Record<string, TestValue>>;

interface ValuesFieldsProps {
  legend: string;
  values: Values;
  /** Names of given records, to which `@name` refers. */
  rows: readonly string[];
  onChange: (values: Values) => void;
}

/** Fields and their values; a value is typed as it is said: `won`, `12`, `true`, `@company`, empty for none. */
export function ValuesFields({ legend, values, rows, onChange }: ValuesFieldsProps) {
  const [added, setAdded] = useState("");
  const add = () => {
    const name = added.trim();
    if (/^[a-z][A-Za-z0-9]*$/.test(name) && !Object.hasOwn(values, name)) onChange({ ...values, [name]: null });
    setAdded("");
  };
  return (
    <fieldset className="flex flex-col gap-2 rounded-lg border p-3">
      <legend className="px-1 font-medium text-muted text-xs">{legend}</legend>
      <div className="grid gap-3 sm:grid-cols-2">
        {Object.entries(values).map(([name, value]) => (
          <Field key={name} label={spokenName(name)}>
            <span className="flex items-center gap-1">
              <ValueInput value={value} rows={rows} onChange={(next) => onChange({ ...values, [name]: next })} />
              <IconButton
                label={`Without ${spokenName(name)}`}
                size="sm"
                onClick={() => onChange(Object.fromEntries(Object.entries(values).filter(([other]) => other !== name)))}
              >
                <X />
              </IconButton>
            </span>
          </Field>
        ))}
      </div>
      <form
        className="flex items-end gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          add();
        }}
      >
        <Field label="Another field" hideLabel>
          <Input
            size="sm"
            value={added}
            placeholder="Another field"
            spellCheck={false}
            onChange={(event) => setAdded(event.target.value)}
          />
        </Field>
        <Button size="sm" type="submit" icon={<Plus />} disabled={added.trim() === ""}>
          Add
        </Button>
      </form>
    </fieldset>
  );
}

interface ValueInputProps {
  value: TestValue;
  rows: readonly string[];
  onChange: (value: TestValue) => void;
}

function ValueInput({ value, rows, onChange }: ValueInputProps) {
  const [text, setText] = useState(() => typedValueText(value));
  return (
    <Input
      value={text}
      spellCheck={false}
      placeholder="nothing"
      onChange={(event) => {
        setText(event.target.value);
        onChange(readTypedValue(event.target.value, { rows, before: value }));
      }}
    />
  );
}
