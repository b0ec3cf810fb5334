"use client";

import { RadioGroup } from "radix-ui";
import { templates } from "#templates/catalogue.ts";
import type { TemplateId } from "./Draft.ts";

interface TemplatePickerProps {
  value: TemplateId;
  onValueChange: (value: TemplateId) => void;
}

export function TemplatePicker({ value, onValueChange }: TemplatePickerProps) {
  return (
    <RadioGroup.Root
      aria-label="Template"
      value={value}
      onValueChange={(next) => {
        const template = templates.find(({ id }) => id === next);
        if (template) onValueChange(template.id);
      }}
      className="grid gap-3 sm:grid-cols-3"
    >
      {templates.map(({ id, title, summary, resources }) => (
        <RadioGroup.Item
          key={id}
          value={id}
          aria-label={title}
          className="flex flex-col gap-1 rounded-lg border bg-surface p-4 text-left hover:border-line-strong data-[state=checked]:border-accent data-[state=checked]:bg-accent-soft"
        >
          <span className="flex items-baseline justify-between gap-2 font-medium">
            {title} <span className="font-normal text-faint text-xs">{resources} resources</span>
          </span>
          <span className="text-pretty text-muted text-sm">{summary}</span>
        </RadioGroup.Item>
      ))}
    </RadioGroup.Root>
  );
}
