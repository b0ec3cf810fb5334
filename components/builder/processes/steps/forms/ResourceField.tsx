"use client";

import { useDraft } from "../../../BuilderContext.tsx";
import { ChoiceField, named } from "./ChoiceField.tsx";

interface ResourceFieldProps {
  path: readonly string[];
  label?: string;
  value: string;
  onChange: (resource: string) => void;
}

export function ResourceField({ path, label = "Resource", value, onChange }: ResourceFieldProps) {
  const { resources } = useDraft();
  return (
    <ChoiceField
      path={path}
      label={label}
      value={value}
      options={named(resources).toSorted((a, b) => a.label.localeCompare(b.label))}
      hint={resources.length === 0 ? "There is none yet. Add one on the Model screen." : undefined}
      onChange={onChange}
    />
  );
}
