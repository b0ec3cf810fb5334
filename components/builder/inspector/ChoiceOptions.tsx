"use client";

import { ChevronDown, ChevronUp, Plus, X } from "lucide-react";
import { useState } from "react";
import { Button } from "#components/ui/Button.tsx";
import { FieldError } from "#components/ui/Field.tsx";
import { IconButton } from "#components/ui/IconButton.tsx";
import { Input } from "#components/ui/Input.tsx";
import { withOptionsIn } from "#lib/model/attributes/optionsIn.ts";
import { optionNameShape } from "#lib/model/naming/nameShape.ts";
import { reservedOption } from "#lib/model/naming/reservedNames.ts";
import type { ChoiceOption } from "#lib/model/types.ts";
import { useBuilderActions, useProblems } from "../BuilderContext.tsx";
import { problemsWithin } from "../problems/problemsAt.ts";
import type { AttributePart } from "./AttributeInspector.tsx";
import { ownerKey } from "./ownerKey.ts";
import { ProblemList } from "./PathField.tsx";
import { nameDelay, useTypedValue } from "./useTypedValue.ts";

/** The options of a choice in order; a renamed one keeps what the database holds. */
export function ChoiceOptions({ options, ...part }: AttributePart & { options: readonly ChoiceOption[] }) {
  const problems = problemsWithin(useProblems(), [...part.path, "options"]);
  const [added, setAdded] = useState("");
  const name = added.trim();
  const error = name === "" ? null : optionProblem(options, name);
  const set = (next: readonly ChoiceOption[]) => part.set({ type: withOptionsIn(part.attribute.type, next) });
  const swap = (index: number, other: number) => {
    const next = [...options];
    const [a, b] = [next[index], next[other]];
    if (!a || !b) return;
    next[index] = b;
    next[other] = a;
    set(next);
  };
  const add = () => {
    if (name === "" || error) return;
    if (set([...options, { name, stored: name }])) setAdded("");
  };
  return (
    <fieldset className="flex flex-col gap-1" data-path={[...part.path, "options"].join(".")}>
      <legend className="mb-1 font-medium text-muted text-xs">Options</legend>
      <ProblemList problems={problems} />
      {options.map((option, index) => (
        <div key={option.stored} className="flex items-start gap-1">
          <OptionName {...part} options={options} option={option} />
          <IconButton
            label={`Move ${option.name} up`}
            size="sm"
            disabled={index === 0}
            onClick={() => swap(index, index - 1)}
          >
            <ChevronUp />
          </IconButton>
          <IconButton
            label={`Move ${option.name} down`}
            size="sm"
            disabled={index === options.length - 1}
            onClick={() => swap(index, index + 1)}
          >
            <ChevronDown />
          </IconButton>
          <IconButton
            label={`Remove option ${option.name}`}
            size="sm"
            variant="danger"
            disabled={options.length === 1}
            onClick={() => set(options.filter((other) => other !== option))}
          >
            <X />
          </IconButton>
        </div>
      ))}
      <form
        className="flex flex-col gap-1"
        onSubmit={(event) => {
          event.preventDefault();
          add();
        }}
      >
        <div className="flex gap-1">
          <Input
            size="sm"
            aria-label="New option"
            placeholder="Add an option"
            value={added}
            spellCheck={false}
            onChange={(event) => setAdded(event.target.value)}
            {...(error ? { "aria-invalid": true } : {})}
          />
          <Button size="sm" type="submit" icon={<Plus />} disabled={name === "" || error !== null}>
            Add option
          </Button>
        </div>
        {error ? <FieldError error={error} /> : null}
      </form>
    </fieldset>
  );
}

interface OptionNameProps extends AttributePart {
  options: readonly ChoiceOption[];
  option: ChoiceOption;
}

function OptionName({ resource, attribute, options, option }: OptionNameProps) {
  const { run } = useBuilderActions();
  const name = useTypedValue({
    value: option.name,
    commit: (to) =>
      run(
        { type: "renameChoice", resource: resource.name, attribute: attribute.name, option: option.name, to },
        { key: `${ownerKey(resource)}.${attribute.column}.${option.stored}` },
      ),
    check: (text) => (text === option.name ? null : optionProblem(options, text)),
    delay: nameDelay,
  });
  return (
    <div className="min-w-0 flex-1">
      <Input
        size="sm"
        aria-label={`Option ${option.name}`}
        spellCheck={false}
        {...name.field}
        {...(name.error ? { "aria-invalid": true } : {})}
      />
      {name.error ? <FieldError error={name.error} /> : null}
      {option.stored === option.name ? null : (
        <p className="text-2xs text-faint">
          stored as <code className="font-mono">{option.stored}</code>
        </p>
      )}
    </div>
  );
}

function optionProblem(options: readonly ChoiceOption[], name: string): string | null {
  const shape = optionNameShape(name);
  if (shape) return shape;
  const meaning = reservedOption(name);
  if (meaning) return `\`${name}\` is ${meaning}. Choose another name.`;
  return options.some((option) => option.name === name) ? `There is an option \`${name}\` already.` : null;
}
