"use client";

import { type ReactNode, useId } from "react";
import { cn } from "./cn.ts";

interface ChoiceCardsProps<Value extends string> {
  label: string;
  value: Value;
  onValueChange: (value: Value) => void;
  options: readonly { readonly value: Value; readonly name: string; readonly content: ReactNode }[];
  /** Of each card. */
  className?: string;
}

/** One of a few that take some words to tell apart. */
export function ChoiceCards<Value extends string>(props: ChoiceCardsProps<Value>) {
  const { label, value, onValueChange, options, className } = props;
  const group = useId();
  return (
    <div role="radiogroup" aria-label={label} className="grid gap-3 sm:grid-cols-3">
      {options.map((option) => (
        <label
          key={option.value}
          className={cn(
            "relative flex rounded-lg border bg-surface p-4 text-left hover:border-line-strong has-checked:border-accent has-checked:bg-accent-soft",
            className,
          )}
        >
          <input
            type="radio"
            name={group}
            aria-label={option.name}
            checked={option.value === value}
            onChange={() => onValueChange(option.value)}
            className="absolute inset-0 cursor-pointer appearance-none rounded-[inherit]"
          />
          {option.content}
        </label>
      ))}
    </div>
  );
}
