"use client";

import { type ComponentProps, type ReactNode, useId } from "react";
import { cn } from "./cn.ts";
import { useFieldControl } from "./Field.tsx";

interface SwitchProps extends Omit<ComponentProps<"input">, "type" | "role"> {
  label?: ReactNode;
  hint?: ReactNode;
  onCheckedChange?: (checked: boolean) => void;
}

/** For what takes effect at once; a checkbox is for what is sent later. */
export function Switch({ label, hint, className, onCheckedChange, onChange, ...rest }: SwitchProps) {
  const ownId = useId();
  const field = useFieldControl();
  const id = rest.id ?? field.id ?? ownId;
  const track = (
    <input
      type="checkbox"
      // biome-ignore lint/a11y/useAriaPropsForRole: a native checkbox says itself whether it is checked
      role="switch"
      {...field}
      id={id}
      className={cn(
        "relative h-4 w-7 shrink-0 appearance-none rounded-full border border-control bg-sunken transition-colors disabled:opacity-50",
        "before:absolute before:top-px before:left-px before:size-3 before:rounded-full before:bg-control before:transition-[translate,background-color]",
        "checked:border-accent checked:bg-accent checked:before:translate-x-3 checked:before:bg-on-accent",
      )}
      onChange={(event) => {
        onChange?.(event);
        onCheckedChange?.(event.currentTarget.checked);
      }}
      {...rest}
    />
  );
  if (label === undefined) return track;
  return (
    <label htmlFor={id} className={cn("flex min-h-6 items-start justify-between gap-3 text-sm", className)}>
      <span className="min-w-0">
        {label}
        {hint ? <span className="block text-faint text-xs">{hint}</span> : null}
      </span>
      <span className="flex h-5 items-center">{track}</span>
    </label>
  );
}
