"use client";

import type { ReactNode } from "react";
import { Input } from "#components/ui/Input.tsx";
import { Select } from "#components/ui/Select.tsx";
import { PathField } from "../../../inspector/PathField.tsx";
import { useTypedValue } from "../../../inspector/useTypedValue.ts";
import { type DurationUnit, durationParts, durationText, durationUnits } from "./durationParts.ts";

interface DurationFieldProps {
  path: readonly string[];
  label: string;
  hint?: ReactNode;
  /** Such as `PT36H`; empty where there is none. */
  value: string;
  /** Shown while there is none; then an empty one may be taken over. */
  none?: string;
  onChange: (text: string | undefined) => void;
}

const units = durationUnits.map((unit) => ({ value: unit, label: unit }));

/** A length of time as a number and a unit; one of several units as its text. */
export function DurationField({ path, label, hint, value, none, onChange }: DurationFieldProps) {
  const parts = durationParts(value);
  const plain = value === "" || parts !== null;
  const unit: DurationUnit = parts?.unit ?? "hours";
  const typed = useTypedValue({
    value: plain ? (parts?.count.toString() ?? "") : value,
    commit: (text) => {
      if (text.trim() === "") return onChange(undefined);
      onChange(/^\d+$/.test(text.trim()) ? durationText({ count: Number(text), unit }) : text.trim());
    },
    check: (text) => {
      if (text.trim() === "") return none === undefined ? "Write how long." : null;
      return /^\d{1,6}$/.test(text.trim()) || /^P[\dTWDHMS.]+$/.test(text.trim())
        ? null
        : "Write a number, or a duration such as PT36H30M.";
    },
  });
  return (
    <PathField path={path} label={label} hint={hint} error={typed.error}>
      <div className="flex gap-1.5">
        <Input inputMode={plain ? "numeric" : "text"} placeholder={none} {...typed.field} />
        {plain ? (
          <Select
            aria-label={`Unit of “${label}”`}
            id={undefined}
            className="w-32 shrink-0"
            value={unit}
            options={units}
            onValueChange={(next) => {
              if (parts) onChange(durationText({ count: parts.count, unit: next }));
            }}
          />
        ) : null}
      </div>
    </PathField>
  );
}
