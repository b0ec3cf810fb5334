"use client";

import type { ReactNode } from "react";
import { Select } from "#components/ui/Select.tsx";
import { PathField } from "../../../inspector/PathField.tsx";

interface ChoiceFieldProps {
  path: readonly string[];
  label: string;
  hint?: ReactNode;
  value: string;
  options: readonly { readonly value: string; readonly label: string }[];
  /** What stands there while nothing of the list is chosen. */
  none?: string;
  onChange: (value: string) => void;
}

/** One of what the model has; what is named but not there stays to be seen. */
export function ChoiceField({ path, label, hint, value, options, none = "Choose one", onChange }: ChoiceFieldProps) {
  const known = options.some((option) => option.value === value);
  const missing = { value, label: value === "" ? none : `${value} (not there)`, disabled: true };
  return (
    <PathField path={path} label={label} hint={hint}>
      <Select value={value} options={known ? options : [missing, ...options]} onValueChange={onChange} />
    </PathField>
  );
}

export function named(things: readonly { readonly name: string }[] | undefined) {
  return (things ?? []).map(({ name }) => ({ value: name, label: name }));
}
