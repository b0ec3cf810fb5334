"use client";

import { Input } from "#components/ui/Input.tsx";
import { PathField } from "../inspector/PathField.tsx";
import { useTypedValue } from "../inspector/useTypedValue.ts";

interface CountFieldProps {
  path: readonly string[];
  label: string;
  hint?: string;
  value: number | undefined;
  /** What holds where nothing is said. */
  usual?: number;
  least?: number;
  most: number;
  /** Something always holds; emptied, what was there stays. */
  required?: boolean;
  className?: string;
  /** Empty is `undefined`. */
  set: (value: number | undefined) => void;
}

/** A whole number that may be left out. */
export function CountField({
  path,
  label,
  hint,
  value,
  usual,
  least = 1,
  most,
  required,
  className,
  set,
}: CountFieldProps) {
  const typed = useTypedValue({
    value: value === undefined ? "" : String(value),
    commit: (text) => set(text.trim() === "" ? undefined : Number(text)),
    check: (text) => {
      if (text.trim() === "") return null;
      const isWhole = /^\d{1,10}$/.test(text.trim());
      return isWhole && Number(text) >= least && Number(text) <= most
        ? null
        : `Write a whole number between ${least} and ${most}, or nothing.`;
    },
  });
  return (
    <PathField
      path={path}
      label={label}
      hint={hint}
      error={typed.error}
      note={required ? undefined : "optional"}
      {...(className === undefined ? {} : { className })}
    >
      <Input
        {...typed.field}
        inputMode="numeric"
        placeholder={usual === undefined ? "no bound" : String(usual)}
        className="max-w-40 tabular-nums"
      />
    </PathField>
  );
}
