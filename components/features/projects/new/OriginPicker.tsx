"use client";

import { RadioGroup } from "radix-ui";
import { type Origin, origins } from "../originLabels.ts";

interface OriginPickerProps {
  value: Origin;
  onValueChange: (value: Origin) => void;
}

/** How the project begins. */
export function OriginPicker({ value, onValueChange }: OriginPickerProps) {
  return (
    <RadioGroup.Root
      aria-label="Start from"
      value={value}
      onValueChange={(next) => {
        const origin = origins.find((candidate) => candidate.value === next);
        if (origin) onValueChange(origin.value);
      }}
      className="grid gap-3 sm:grid-cols-3"
    >
      {origins.map(({ value: origin, icon: Icon, title, text }) => (
        <RadioGroup.Item
          key={origin}
          value={origin}
          aria-label={title}
          className="flex items-start gap-3 rounded-lg border bg-surface p-4 text-left shadow-xs hover:border-line-strong data-[state=checked]:border-accent data-[state=checked]:bg-accent-soft sm:flex-col"
        >
          <Icon className="size-5 shrink-0 text-accent-text" aria-hidden />
          <span className="flex flex-col gap-0.5">
            <span className="font-medium">{title}</span>
            <span className="text-pretty text-muted text-sm">{text}</span>
          </span>
        </RadioGroup.Item>
      ))}
    </RadioGroup.Root>
  );
}
