"use client";

import { Plus, X } from "lucide-react";
import { Button } from "#components/ui/Button.tsx";
import { DropdownMenu, MenuItem } from "#components/ui/DropdownMenu.tsx";
import { IconButton } from "#components/ui/IconButton.tsx";
import type { ExpressionScope } from "#lib/expression/ExpressionScope.ts";
import type { ValueType } from "#lib/expression/ValueType.ts";
import { spokenName } from "#lib/model/naming/spokenName.ts";
import type { NamedExpression } from "#lib/model/processTypes.ts";
import { useProblems } from "../../../BuilderContext.tsx";
import { ExpressionField } from "../../../expression/ExpressionField.tsx";
import { ProblemList } from "../../../inspector/PathField.tsx";
import { problemsAt } from "../../../problems/problemsAt.ts";

/** A name that can be given a value. */
export interface GivenField {
  readonly name: string;
  readonly type: ValueType | null;
  readonly required: boolean;
  readonly target?: { readonly resource: string; readonly member: string };
}

interface GivenFieldsProps {
  label: string;
  hint?: string;
  add: string;
  path: readonly string[];
  scope: ExpressionScope;
  /** What can be given; what is named beyond it is wrong, and shown all the same. */
  fields: readonly GivenField[];
  given: readonly NamedExpression[];
  set: (given: readonly NamedExpression[] | undefined) => void;
}

/** Values for fields, each worked out by an expression; those that must be given stand there from the beginning. */
export function GivenFields({ label, hint, add, path, scope, fields, given, set }: GivenFieldsProps) {
  const problems = useProblems();
  const isGiven = (name: string) => given.some((one) => one.name === name);
  const missing = fields.filter(({ name, required }) => required && !isGiven(name));
  const free = fields.filter(({ name, required }) => !required && !isGiven(name));
  const rows = [...given, ...missing.map(({ name }) => ({ name, expression: "" }))];
  const change = (name: string, expression: string) => {
    const next = isGiven(name)
      ? given.map((one) => (one.name === name ? { name, expression } : one))
      : [...given, { name, expression }];
    set(next);
  };
  const remove = (name: string) => {
    const next = given.filter((one) => one.name !== name);
    set(next.length === 0 ? undefined : next);
  };
  return (
    <fieldset className="flex flex-col gap-2" data-path={path.join(".")}>
      <legend className="mb-1 font-medium text-muted text-xs">{label}</legend>
      <ProblemList problems={problemsAt(problems, path)} />
      {rows.map(({ name, expression }) => {
        const field = fields.find((one) => one.name === name);
        return (
          <div key={name} className="flex flex-col gap-1" data-path={[...path, name].join(".")}>
            <div className="flex min-h-6 items-center gap-1 text-sm">
              <span className="min-w-0 flex-1 truncate">
                {spokenName(name)}
                {field?.required ? <span className="text-faint text-xs"> · must be given</span> : null}
                {field ? null : <span className="text-danger-text text-xs"> · there is no such field</span>}
              </span>
              {isGiven(name) ? (
                <IconButton label={`Do not give ${name}`} size="xs" variant="danger" onClick={() => remove(name)}>
                  <X />
                </IconButton>
              ) : null}
            </div>
            <ExpressionField
              label={`Value of ${name}`}
              hideLabel
              path={[...path, name, "expression"]}
              scope={scope}
              {...(field?.type ? { expected: field.type } : {})}
              {...(field?.target ? { target: field.target } : {})}
              value={expression}
              placeholder={placeholderOf(field?.type ?? null)}
              onCommit={(text) => change(name, text)}
            />
            <ProblemList problems={problemsAt(problems, [...path, name])} />
          </div>
        );
      })}
      {free.length === 0 ? (
        rows.length === 0 ? (
          <p className="text-faint text-xs">There is nothing to give.</p>
        ) : null
      ) : (
        <DropdownMenu
          trigger={
            <Button size="sm" icon={<Plus />} className="self-start">
              {add}
            </Button>
          }
        >
          {free.map(({ name, type }) => (
            <MenuItem key={name} onSelect={() => change(name, firstText(type))}>
              {spokenName(name)}
            </MenuItem>
          ))}
        </DropdownMenu>
      )}
      {hint ? <p className="text-faint text-xs">{hint}</p> : null}
    </fieldset>
  );
}

function placeholderOf(type: ValueType | null): string {
  return type === null ? "a value, or what to work out" : firstText(type) || "a value, or what to work out";
}

/** A value that fits, to begin with. */
function firstText(type: ValueType | null): string {
  switch (type?.kind) {
    case "text":
      return "''";
    case "date":
      return "today()";
    case "timestamp":
      return "now()";
    case "boolean":
      return "true";
    case "integer":
    case "decimal":
      return "0";
    case "choice":
      return `'${type.options[0] ?? ""}'`;
    default:
      return "null";
  }
}
