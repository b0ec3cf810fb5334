"use client";

import { Input } from "#components/ui/Input.tsx";
import { PathField } from "../inspector/PathField.tsx";
import { nameDelay, useTypedValue } from "../inspector/useTypedValue.ts";

interface NameFieldProps {
  path: readonly string[];
  label: string;
  name: string;
  check: (name: string) => string | null;
  rename: (to: string) => void;
}

/** The name of something that others may speak of; they follow it. */
export function NameField({ path, label, name, check, rename }: NameFieldProps) {
  const typed = useTypedValue({
    value: name,
    commit: rename,
    check: (text) => (text === name ? null : check(text)),
    delay: nameDelay,
  });
  return (
    <PathField
      path={path}
      label={label}
      error={typed.error}
      hint={typed.editing ? "What speaks of it follows the name." : undefined}
    >
      <Input {...typed.field} data-autofocus spellCheck={false} />
    </PathField>
  );
}
