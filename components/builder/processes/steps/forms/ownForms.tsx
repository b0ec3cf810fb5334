"use client";

import { Checkbox } from "#components/ui/Checkbox.tsx";
import { valueTypeOf } from "#lib/model/expressions/valueTypeOf.ts";
import type { Argument, Model } from "#lib/model/types.ts";
import { useDraft } from "../../../BuilderContext.tsx";
import type { StepPart } from "../StepPart.ts";
import { ChoiceField, named } from "./ChoiceField.tsx";
import { type GivenField, GivenFields } from "./GivenFields.tsx";
import { ValueList } from "./ValueList.tsx";

export function TransformForm({ step, path, scope, set }: StepPart<"transform">) {
  return (
    <ValueList
      label="Values"
      hint={`Later steps see them as steps.${step.name}.`}
      add="Add a value"
      path={[...path, "values"]}
      scope={scope}
      values={step.values}
      set={(values) => set({ values })}
    />
  );
}

export function FunctionForm({ step, path, scope, set }: StepPart<"function">) {
  const model = useDraft();
  const called = model.functions?.find(({ name }) => name === step.function);
  return (
    <>
      <ChoiceField
        path={[...path, "function"]}
        label="Function"
        hint={(model.functions ?? []).length === 0 ? "There is none yet. Add one under Functions." : called?.describe}
        value={step.function}
        options={named(model.functions)}
        onChange={(name) => set({ function: name, input: undefined })}
      />
      {called ? (
        <GivenFields
          label="With"
          add="Give a parameter"
          path={[...path, "input"]}
          scope={scope}
          fields={parameterFields(model, called.parameters)}
          given={step.input ?? []}
          set={(input) => set({ input })}
        />
      ) : null}
    </>
  );
}

export function ProcessForm({ process, step, path, scope, set }: StepPart<"process">) {
  const model = useDraft();
  const others = (model.processes ?? []).filter(({ name }) => name !== process.name);
  const called = others.find(({ name }) => name === step.process);
  return (
    <>
      <ChoiceField
        path={[...path, "process"]}
        label="Process"
        hint={others.length === 0 ? "There is no other process yet." : called?.describe}
        value={step.process}
        options={named(others)}
        onChange={(name) => set({ process: name, input: undefined })}
      />
      {called ? (
        <GivenFields
          label="With"
          add="Give an input"
          path={[...path, "input"]}
          scope={scope}
          fields={parameterFields(model, called.input ?? [])}
          given={step.input ?? []}
          set={(input) => set({ input })}
        />
      ) : null}
      <Checkbox
        label="Do not wait for it"
        hint="The run goes on at once, and the result is null."
        checked={step.detached === true}
        onCheckedChange={(detached) => set({ detached: detached ? true : undefined })}
      />
    </>
  );
}

/** Parameters of a function or inputs of a process as fields that are given values. */
export function parameterFields(model: Model, parameters: readonly Argument[]): readonly GivenField[] {
  return parameters.map(({ name, type, required, default: standard }) => ({
    name,
    type: valueTypeOf(type, model),
    required: required && standard === undefined,
  }));
}
