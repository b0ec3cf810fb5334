"use client";

import { Field } from "#components/ui/Field.tsx";
import { Input } from "#components/ui/Input.tsx";
import { Select } from "#components/ui/Select.tsx";
import { Textarea } from "#components/ui/Textarea.tsx";
import type { AttributeType, JsonValue } from "#lib/model/types.ts";
import { useTypedValue } from "../../inspector/useTypedValue.ts";

interface JsonInputProps {
  label: string;
  type: AttributeType;
  value: JsonValue;
  onChange: (value: JsonValue) => void;
}

/** A value of a type, as the APIs show it; an empty field is null. */
export function JsonInput(props: JsonInputProps) {
  const { label, type, value, onChange } = props;
  switch (type.kind) {
    case "boolean":
      return (
        <Choice
          {...props}
          options={["true", "false"]}
          text={value === null ? "" : String(value)}
          read={(text) => (text === "" ? null : text === "true")}
        />
      );
    case "choice":
      return (
        <Choice
          {...props}
          options={type.options.map(({ name }) => name)}
          text={typeof value === "string" ? value : ""}
          read={(text) => (text === "" ? null : text)}
        />
      );
    case "json":
    case "list":
    case "embed":
    case "money":
    case "vector":
    case "file":
      return <JsonArea label={label} value={value} onChange={onChange} />;
    default:
      return <Plain {...props} />;
  }
}

interface ChoiceProps extends JsonInputProps {
  options: readonly string[];
  text: string;
  read: (text: string) => JsonValue;
}

function Choice({ label, options, text, read, onChange }: ChoiceProps) {
  return (
    <Field label={label}>
      <Select
        size="sm"
        value={text}
        options={[{ value: "", label: "null" }, ...options.map((option) => ({ value: option, label: option }))]}
        onValueChange={(next) => onChange(read(next))}
      />
    </Field>
  );
}

function Plain({ label, type, value, onChange }: JsonInputProps) {
  const isNumber = type.kind === "integer";
  const typed = useTypedValue({
    value: value === null ? "" : typeof value === "string" ? value : JSON.stringify(value),
    commit: (text) => onChange(text === "" ? null : isNumber ? Number(text) : text),
    check: (text) => (isNumber && text !== "" && !/^-?\d+$/.test(text) ? "Write a whole number." : null),
  });
  return (
    <Field label={label} error={typed.error}>
      <Input size="sm" placeholder="null" spellCheck={false} {...typed.field} />
    </Field>
  );
}

/** Any JSON, written as text. */
export function JsonArea({ label, value, onChange }: Omit<JsonInputProps, "type">) {
  const typed = useTypedValue({
    value: value === null ? "" : JSON.stringify(value, null, 2),
    commit: (text) => {
      const read = readJson(text);
      if (read !== undefined) onChange(read);
    },
    check: (text) => (readJson(text) === undefined ? 'This is no JSON. Texts stand in quotes: "such".' : null),
  });
  return (
    <Field label={label} error={typed.error}>
      <Textarea className="font-mono text-xs" placeholder="null" spellCheck={false} {...typed.field} />
    </Field>
  );
}

/** Undefined where the text is none. */
function readJson(text: string): JsonValue | undefined {
  if (text.trim() === "") return null;
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}
