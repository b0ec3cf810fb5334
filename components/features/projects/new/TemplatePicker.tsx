"use client";

import { ChoiceCards } from "#components/ui/ChoiceCards.tsx";
import { templates } from "#templates/catalogue.ts";
import type { TemplateId } from "./Draft.ts";

interface TemplatePickerProps {
  value: TemplateId;
  onValueChange: (value: TemplateId) => void;
}

export function TemplatePicker({ value, onValueChange }: TemplatePickerProps) {
  return (
    <ChoiceCards
      label="Template"
      value={value}
      onValueChange={onValueChange}
      className="flex-col gap-1"
      options={templates.map(({ id, title, summary, resources }) => ({
        value: id,
        name: title,
        content: (
          <>
            <span className="flex items-baseline justify-between gap-2 font-medium">
              {title} <span className="font-normal text-faint text-xs">{resources} resources</span>
            </span>
            <span className="text-pretty text-muted text-sm">{summary}</span>
          </>
        ),
      }))}
    />
  );
}
