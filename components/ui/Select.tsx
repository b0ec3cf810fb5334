"use client";

import { ChevronsUpDown } from "lucide-react";
import type { ComponentProps } from "react";
import { cn } from "./cn.ts";
import { controlStyles } from "./controlStyles.ts";
import { useFieldControl } from "./Field.tsx";

export interface SelectOption<Value extends string = string> {
  readonly value: Value;
  readonly label: string;
  readonly disabled?: boolean;
}

interface SelectProps<Value extends string>
  extends Omit<ComponentProps<"select">, "size" | "value" | "defaultValue" | "children"> {
  options: readonly SelectOption<Value>[];
  value?: Value;
  defaultValue?: Value;
  onValueChange?: (value: Value) => void;
  size?: "sm" | "md" | "lg";
}

const heights = { sm: "h-7 pl-2 pr-7", md: "h-8 pl-2.5 pr-8", lg: "h-10 pl-3 pr-8 text-base" };

/** A native select: the platform's keyboard and touch behaviour, our looks. */
export function Select<Value extends string>({
  options,
  onValueChange,
  onChange,
  size = "md",
  className,
  ...rest
}: SelectProps<Value>) {
  const field = useFieldControl();
  return (
    <span className={cn("relative inline-flex w-full min-w-0", className)}>
      <select
        {...field}
        className={cn(controlStyles, "select-native cursor-pointer appearance-none truncate", heights[size])}
        onChange={(event) => {
          onChange?.(event);
          const chosen = options.find((option) => option.value === event.currentTarget.value);
          if (chosen) onValueChange?.(chosen.value);
        }}
        {...rest}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value} disabled={option.disabled}>
            {option.label}
          </option>
        ))}
      </select>
      <ChevronsUpDown
        className="pointer-events-none absolute inset-y-0 right-2 my-auto size-3.5 text-faint"
        aria-hidden
      />
    </span>
  );
}
