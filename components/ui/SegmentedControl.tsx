"use client";

import { ToggleGroup } from "radix-ui";
import type { ReactNode } from "react";
import { cn } from "./cn.ts";

interface SegmentedControlProps<Value extends string> {
  label: string;
  value: Value;
  onValueChange: (value: Value) => void;
  options: readonly { readonly value: Value; readonly label: ReactNode; readonly name?: string }[];
  className?: string;
}

const withoutOutline = { outline: undefined };

/** One of a few, all visible at once. */
export function SegmentedControl<Value extends string>(props: SegmentedControlProps<Value>) {
  const { label, value, onValueChange, options, className } = props;
  return (
    <ToggleGroup.Root
      type="single"
      aria-label={label}
      value={value}
      onValueChange={(next) => {
        const option = options.find((candidate) => candidate.value === next);
        if (option) onValueChange(option.value);
      }}
      // In place of the library's own inline style, which a page that the server renders may not have.
      style={withoutOutline}
      className={cn("inline-flex h-8 items-center gap-0.5 rounded-md border bg-sunken p-0.5 outline-none", className)}
    >
      {options.map((option) => (
        <ToggleGroup.Item
          key={option.value}
          value={option.value}
          {...(option.name === undefined ? {} : { "aria-label": option.name })}
          className="flex h-full min-w-6 items-center justify-center gap-1.5 rounded-sm px-2 text-muted text-xs hover:text-ink data-[state=on]:bg-raised data-[state=on]:font-medium data-[state=on]:text-ink data-[state=on]:shadow-xs [&_svg]:size-3.5"
        >
          {option.label}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}
