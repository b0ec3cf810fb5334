"use client";

import { ArrowRight, Trash2 } from "lucide-react";
import { Button } from "#components/ui/Button.tsx";
import { Checkbox } from "#components/ui/Checkbox.tsx";
import { Select } from "#components/ui/Select.tsx";
import { actionsNamed, sharedArguments } from "#lib/model/expressions/actionsNamed.ts";
import type { Resource, Transition } from "#lib/model/types.ts";
import { useBuilderActions, useProblems } from "../../BuilderContext.tsx";
import { ExpressionField } from "../../expression/ExpressionField.tsx";
import { useScope } from "../../expression/useScope.ts";
import { PathField, ProblemList } from "../../inspector/PathField.tsx";
import { problemsBeside } from "../../problems/problemsAt.ts";
import { actionNameProblem } from "../actions/actionNameProblem.ts";
import { conditionType } from "../conditionType.ts";
import { NameField } from "../NameField.tsx";

interface TransitionFieldsProps {
  resource: Resource;
  transition: Transition;
  options: readonly string[];
  set: (transition: Transition) => void;
  remove: () => void;
}

const own = new Set(["when", "to", "from"]);

/** All that can be said of one transition. */
export function TransitionFields({ resource, transition, options, set, remove }: TransitionFieldsProps) {
  const { action, from, to, when } = transition;
  const { run, select } = useBuilderActions();
  const problems = useProblems();
  const path = [resource.name, "states", "transitions", action];
  const scope = useScope(resource.name, sharedArguments(actionsNamed(resource, [action])));
  const { when: _when, ...unguarded } = transition;
  return (
    <div className="flex flex-col gap-2.5">
      <ProblemList problems={problemsBeside(problems, path, own)} />
      <NameField
        path={[...path, "name"]}
        label="Action that makes it"
        name={action}
        check={(name) => actionNameProblem(resource, name)}
        rename={(next) => run({ type: "renameAction", resource: resource.name, action, to: next })}
      />
      <fieldset className="flex flex-col gap-1" data-path={[...path, "from"].join(".")}>
        <legend className="mb-1 font-medium text-muted text-xs">From</legend>
        <Checkbox
          label="any state"
          checked={from.length === 0}
          onCheckedChange={(any) =>
            set({ ...transition, from: any ? [] : options.filter((one) => one !== to).slice(0, 1) })
          }
        />
        {from.length === 0
          ? null
          : [...new Set([...options, ...from])].map((state) => (
              <Checkbox
                key={state}
                className="pl-5"
                label={state}
                checked={from.includes(state)}
                onCheckedChange={(on) => {
                  const next = on ? [...from, state] : from.filter((other) => other !== state);
                  if (next.length > 0) set({ ...transition, from: next });
                }}
              />
            ))}
      </fieldset>
      <PathField path={[...path, "to"]} label="To">
        <Select
          value={to}
          options={[...new Set([...options, to])].map((state) => ({ value: state, label: state }))}
          onValueChange={(state) => set({ ...transition, to: state })}
        />
      </PathField>
      <ExpressionField
        label="Open only if"
        path={[...path, "when"]}
        scope={scope}
        expected={conditionType}
        value={when ?? ""}
        optional
        placeholder="always"
        wordsBefore="only if"
        onCommit={(text) => set(text === "" ? unguarded : { ...unguarded, when: text })}
      />
      <div className="flex flex-wrap items-center gap-1">
        <Button
          size="sm"
          icon={<ArrowRight />}
          onClick={() => select({ kind: "action", resource: resource.name, name: action })}
        >
          What it takes and sets
        </Button>
        <span className="flex-1" />
        <Button size="sm" variant="dangerGhost" icon={<Trash2 />} onClick={remove}>
          Remove
        </Button>
      </div>
    </div>
  );
}
