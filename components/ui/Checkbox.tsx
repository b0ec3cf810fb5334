"use client";

import { Check } from "lucide-react";
import { type ComponentProps, type ReactNode, useId } from "react";
import { cn } from "./cn.ts";
import { useFieldControl } from "./Field.tsx";

interface CheckboxProps extends Omit<ComponentProps<"input">, "type"> {
  /** Leave it out only inside a `Field` or with an `aria-label`. */
  label?: ReactNode;
  hint?: ReactNode;
  onCheckedChange?: (checked: boolean) => void;
}

export function Checkbox({ label, hint, className, onCheckedChange, onChange, ...rest }: CheckboxProps) {
  const ownId = useId();
  const field = useFieldControl();
  const id = rest.id ?? field.id ?? ownId;
  const box = (
    <span className="relative inline-flex size-4 shrink-0 align-middle">
      <input
        type="checkbox"
        {...field}
        id={id}
        className="peer size-4 appearance-none rounded-sm border border-control bg-surface transition-colors checked:border-accent checked:bg-accent disabled:opacity-50 aria-invalid:border-danger"
        onChange={(event) => {
          onChange?.(event);
          onCheckedChange?.(event.currentTarget.checked);
        }}
        {...rest}
      />
      <Check
        className="pointer-events-none absolute inset-0 m-auto hidden size-3 stroke-3 text-on-accent peer-checked:block"
        aria-hidden
      />
    </span>
  );
  if (label === undefined) return box;
  return (
    <label htmlFor={id} className={cn("flex min-h-6 items-start gap-2 text-sm", className)}>
      <span className="flex h-5 items-center">{box}</span>
      <span className="min-w-0">
        {label}
        {hint ? <span className="block text-faint text-xs">{hint}</span> : null}
      </span>
    </label>
  );
}
