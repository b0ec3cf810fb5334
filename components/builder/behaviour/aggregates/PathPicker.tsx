"use client";

import { ChevronRight, X } from "lucide-react";
import { Fragment } from "react";
import { IconButton } from "#components/ui/IconButton.tsx";
import { Select } from "#components/ui/Select.tsx";
import type { Model, Resource } from "#lib/model/types.ts";
import { leadsToMany, nextSteps } from "./aggregateChoices.ts";

interface PathPickerProps {
  model: Model;
  resource: Resource;
  path: readonly string[];
  set: (path: readonly string[]) => void;
}

const stay = "";

/** A path of relationships, one choice a step: where it leads stands beside each. */
export function PathPicker({ model, resource, path, set }: PathPickerProps) {
  const further = nextSteps(model, resource, path);
  return (
    <div className="flex flex-col gap-1">
      <ol className="flex flex-col gap-1">
        {path.map((name, index) => {
          const before = path.slice(0, index);
          const steps = nextSteps(model, resource, before);
          const from = index === 0 ? resource.name : `the ${before.at(-1)}`;
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: steps are where they stand in the path
            <Fragment key={index}>
              <li className="flex items-center gap-1">
                <ChevronRight className="size-3.5 shrink-0 text-faint" aria-hidden />
                <Select
                  size="sm"
                  aria-label={`From ${from} along`}
                  value={name}
                  options={steps.map((step) => ({ value: step.name, label: stepLabel(step) }))}
                  onValueChange={(next) => set([...before, next])}
                />
                {index === path.length - 1 && index > 0 ? (
                  <IconButton label={`End before ${name}`} size="sm" variant="danger" onClick={() => set(before)}>
                    <X />
                  </IconButton>
                ) : null}
              </li>
            </Fragment>
          );
        })}
        {further.length === 0 ? null : (
          <li className="flex items-center gap-1">
            <ChevronRight className="size-3.5 shrink-0 text-faint" aria-hidden />
            <Select
              size="sm"
              aria-label="And further along"
              className="text-muted"
              value={stay}
              options={[
                { value: stay, label: leadsToMany(model, resource, path) ? "and no further" : "choose the next step" },
                ...further.map((step) => ({ value: step.name, label: stepLabel(step) })),
              ]}
              onValueChange={(next) => (next === stay ? undefined : set([...path, next]))}
            />
          </li>
        )}
      </ol>
    </div>
  );
}

function stepLabel({ name, target, many }: { name: string; target: string; many: boolean }): string {
  return `${name} (${many ? "several " : ""}${target})`;
}
