"use client";

import { ChoiceCards } from "#components/ui/ChoiceCards.tsx";
import { type Origin, origins } from "../originLabels.ts";

interface OriginPickerProps {
  value: Origin;
  onValueChange: (value: Origin) => void;
}

/** How the project begins. */
export function OriginPicker({ value, onValueChange }: OriginPickerProps) {
  return (
    <ChoiceCards
      label="Start from"
      value={value}
      onValueChange={onValueChange}
      className="items-start gap-3 shadow-xs sm:flex-col"
      options={origins.map(({ value: origin, icon: Icon, title, text }) => ({
        value: origin,
        name: title,
        content: (
          <>
            <Icon className="size-5 shrink-0 text-accent-text" aria-hidden />
            <span className="flex flex-col gap-0.5">
              <span className="font-medium">{title}</span>
              <span className="text-pretty text-muted text-sm">{text}</span>
            </span>
          </>
        ),
      }))}
    />
  );
}
