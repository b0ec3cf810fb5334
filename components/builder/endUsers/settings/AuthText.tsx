"use client";

import type { ReactNode } from "react";
import { Input } from "#components/ui/Input.tsx";
import { PathField } from "../../inspector/PathField.tsx";
import { useTypedValue } from "../../inspector/useTypedValue.ts";

interface AuthTextProps {
  path: readonly string[];
  label: string;
  hint?: ReactNode;
  value: string | undefined;
  placeholder?: string;
  /** It may be left out; emptied, it is. */
  optional?: boolean;
  check?: (text: string) => string | null;
  /** Trimmed; empty is `undefined` where it may be left out. */
  set: (text: string | undefined) => void;
}

/** A text of the sign-in settings: an address, a name, a path. */
export function AuthText({ path, label, hint, value, placeholder, optional = false, check, set }: AuthTextProps) {
  const typed = useTypedValue({
    value: value ?? "",
    commit: (text) => set(optional && text.trim() === "" ? undefined : text.trim()),
    ...(check && { check: (text: string) => check(text.trim()) }),
  });
  return (
    <PathField path={path} label={label} hint={hint} error={typed.error} {...(optional && { note: "optional" })}>
      <Input {...typed.field} spellCheck={false} autoComplete="off" {...(placeholder && { placeholder })} />
    </PathField>
  );
}
