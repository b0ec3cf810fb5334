"use client";

import { ArrowDown, ArrowUp, Plus, X } from "lucide-react";
import { Button } from "#components/ui/Button.tsx";
import { Field } from "#components/ui/Field.tsx";
import { IconButton } from "#components/ui/IconButton.tsx";
import { Input } from "#components/ui/Input.tsx";
import { SegmentedControl } from "#components/ui/SegmentedControl.tsx";
import type { ValueType } from "#lib/expression/ValueType.ts";
import { fieldNameShape } from "#lib/model/naming/nameShape.ts";
import { conditionType } from "../../../behaviour/conditionType.ts";
import { ExpressionField } from "../../../expression/ExpressionField.tsx";
import { useScope } from "../../../expression/useScope.ts";
import { PathField } from "../../../inspector/PathField.tsx";
import { nameDelay, useTypedValue } from "../../../inspector/useTypedValue.ts";
import { freeStepName } from "../../tree/editSteps.ts";
import type { StepOf, StepPart } from "../StepPart.ts";
import { ActionsField } from "./ActionsField.tsx";
import { DurationField } from "./DurationField.tsx";
import { ResourceField } from "./ResourceField.tsx";
import { isCount } from "./recordForms.tsx";

export function BranchForm({ step, path, scope, set }: StepPart<"branch">) {
  const { branches } = step;
  return (
    <fieldset className="flex flex-col gap-2.5">
      <legend className="mb-1 font-medium text-muted text-xs">
        The first way whose condition holds is taken; else the last one.
      </legend>
      {branches.map(({ when, steps }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: branches have no names; their place is what they are
        <div key={`${index} of ${branches.length}`} className="flex flex-col gap-1 rounded-md border p-2">
          <div className="flex items-center gap-0.5">
            <span className="flex-1 font-medium text-xs">Way {index + 1}</span>
            <IconButton
              label={`Ask way ${index + 1} earlier`}
              size="xs"
              disabled={index === 0}
              onClick={() => set({ branches: swapped(branches, index - 1) })}
            >
              <ArrowUp />
            </IconButton>
            <IconButton
              label={`Ask way ${index + 1} later`}
              size="xs"
              disabled={index === branches.length - 1}
              onClick={() => set({ branches: swapped(branches, index) })}
            >
              <ArrowDown />
            </IconButton>
            <IconButton
              label={`Remove way ${index + 1}${steps.length === 0 ? "" : " and its steps"}`}
              size="xs"
              variant="danger"
              disabled={branches.length === 1}
              onClick={() => set({ branches: branches.toSpliced(index, 1) })}
            >
              <X />
            </IconButton>
          </div>
          <ExpressionField
            label={`Condition of way ${index + 1}`}
            hideLabel
            path={[...path, "branches", String(index), "when"]}
            scope={scope}
            expected={conditionType}
            value={when}
            wordsBefore="taken if"
            onCommit={(text) => set({ branches: branches.with(index, { steps, when: text }) })}
          />
        </div>
      ))}
      <Button
        size="sm"
        icon={<Plus />}
        className="self-start"
        onClick={() => set({ branches: [...branches, { when: "true", steps: [] }] })}
      >
        Add a way
      </Button>
    </fieldset>
  );
}

function swapped<T>(list: readonly T[], index: number): readonly T[] {
  const [a, b] = [list[index], list[index + 1]];
  return a === undefined || b === undefined ? list : list.with(index, b).with(index + 1, a);
}

export function ForEachForm({ step, path, scope, set }: StepPart<"forEach">) {
  const item = useTypedValue({
    value: step.as,
    commit: (as) => set({ as }),
    check: (text) => (text === step.as ? null : fieldNameShape(text)),
    delay: nameDelay,
  });
  const atOnce = useTypedValue({
    value: step.atOnce?.toString() ?? "",
    commit: (text) => set({ atOnce: text === "" ? undefined : Number(text) }),
    check: (text) => (text === "" || isCount(text, 100) ? null : "Write a number from 1 to 100."),
  });
  return (
    <>
      <ExpressionField
        label="Items"
        hint="A list, such as what a step that reads a list came to."
        path={[...path, "items"]}
        scope={scope}
        value={step.items}
        placeholder="steps.listDeal"
        onCommit={(items) => set({ items })}
      />
      <PathField
        path={[...path, "as"]}
        label="Each item is called"
        hint="Steps within see it by this name."
        error={item.error}
      >
        <Input spellCheck={false} {...item.field} />
      </PathField>
      <PathField path={[...path, "atOnce"]} label="At the same time" error={atOnce.error}>
        <Input inputMode="numeric" placeholder="one after the other" {...atOnce.field} />
      </PathField>
    </>
  );
}

export function RepeatForm({ step, path, scope, set }: StepPart<"repeat">) {
  const most = useTypedValue({
    value: String(step.atMost),
    commit: (text) => set({ atMost: Number(text) }),
    check: (text) => (isCount(text, 1000) ? null : "Write a number from 1 to 1000."),
  });
  return (
    <>
      <ExpressionField
        label="As long as"
        hint="Asked before each round."
        path={[...path, "while"]}
        scope={scope}
        expected={conditionType}
        value={step.while}
        wordsBefore="again while"
        onCommit={(text) => set({ while: text })}
      />
      <PathField path={[...path, "atMost"]} label="Rounds at most" hint="After so many it fails." error={most.error}>
        <Input inputMode="numeric" {...most.field} />
      </PathField>
    </>
  );
}

export function ParallelForm({ step, path, set }: StepPart<"parallel">) {
  const { branches } = step;
  const add = () => {
    const name = freeStepName(new Set(branches.map((one) => one.name)), "another");
    set({ branches: [...branches, { name, steps: [] }] });
  };
  return (
    <fieldset className="flex flex-col gap-2" data-path={[...path, "branches"].join(".")}>
      <legend className="mb-1 font-medium text-muted text-xs">Side by side</legend>
      {branches.map((branch, index) => (
        <div key={`${branch.name} of ${branches.length}`} className="flex items-start gap-1">
          <LaneName
            branches={branches}
            index={index}
            rename={(name) => set({ branches: branches.with(index, { ...branch, name }) })}
          />
          <IconButton
            label={`Remove ${branch.name}${branch.steps.length === 0 ? "" : " and its steps"}`}
            size="sm"
            variant="danger"
            disabled={branches.length < 2}
            onClick={() => set({ branches: branches.toSpliced(index, 1) })}
          >
            <X />
          </IconButton>
        </div>
      ))}
      <Button size="sm" icon={<Plus />} className="self-start" onClick={add}>
        Add one beside
      </Button>
    </fieldset>
  );
}

interface LaneNameProps {
  branches: StepOf<"parallel">["branches"];
  index: number;
  rename: (name: string) => void;
}

function LaneName({ branches, index, rename }: LaneNameProps) {
  const name = branches[index]?.name ?? "";
  const typed = useTypedValue({
    value: name,
    commit: rename,
    check: (text) => {
      if (text === name) return null;
      return fieldNameShape(text) ?? (branches.some((one) => one.name === text) ? "There is one of this name." : null);
    },
    delay: nameDelay,
  });
  return (
    <Field label={`Name of way ${index + 1}`} hideLabel error={typed.error} className="flex-1">
      <Input size="sm" spellCheck={false} {...typed.field} />
    </Field>
  );
}

const durationType: ValueType = { kind: "duration" };
const momentType: ValueType = { kind: "timestamp" };

export function WaitForm({ step, path, scope, set }: StepPart<"wait">) {
  const literal = /^(?:duration\()?'(P[^']*)'\)?$/.exec(step.for ?? "")?.[1];
  const mode = step.until !== undefined ? "until" : literal !== undefined ? "for" : "expression";
  return (
    <>
      <SegmentedControl
        label="How long"
        value={mode}
        className="self-start"
        options={[
          { value: "for", label: "A length of time" },
          { value: "until", label: "Until a moment" },
          { value: "expression", label: "Worked out" },
        ]}
        onValueChange={(next) => {
          if (next === "for") set({ for: "'PT1H'", until: undefined });
          else if (next === "until") set({ for: undefined, until: "now()" });
          else set({ for: step.for ?? "'PT1H' ", until: undefined });
        }}
      />
      {mode === "for" ? (
        <DurationField
          path={[...path, "for"]}
          label="Wait"
          value={literal ?? "PT1H"}
          onChange={(text) => set({ for: `'${text ?? "PT1H"}'` })}
        />
      ) : mode === "until" ? (
        <ExpressionField
          label="Until"
          hint="A moment that is past is not waited for."
          path={[...path, "until"]}
          scope={scope}
          expected={momentType}
          value={step.until ?? ""}
          onCommit={(until) => set({ until })}
        />
      ) : (
        <ExpressionField
          label="Length of time"
          path={[...path, "for"]}
          scope={scope}
          expected={durationType}
          value={step.for ?? ""}
          onCommit={(text) => set({ for: text })}
        />
      )}
    </>
  );
}

export function WaitForForm({ step, path, scope, set }: StepPart<"waitFor">) {
  const records = useScope(step.resource === "" ? null : step.resource);
  // The record that changed is in sight beside what steps see.
  const within = { ...scope, resource: records.resource, resources: records.resources };
  return (
    <>
      <ResourceField
        path={[...path, "resource"]}
        value={step.resource}
        onChange={(resource) => set({ resource, actions: undefined })}
      />
      <ActionsField
        path={[...path, "actions"]}
        resource={step.resource}
        actions={step.actions}
        onChange={(actions) => set({ actions })}
      />
      <ExpressionField
        label="Which change"
        hint="Sees the record after the change by its fields, and `previous`."
        path={[...path, "match"]}
        scope={within}
        expected={conditionType}
        value={step.match}
        wordsBefore="a change after which"
        onCommit={(match) => set({ match })}
      />
      <DurationField
        path={[...path, "within"]}
        label="At most"
        hint="Where none came in time the result is null."
        value={step.within}
        onChange={(text) => set({ within: text ?? "P1D" })}
      />
    </>
  );
}
