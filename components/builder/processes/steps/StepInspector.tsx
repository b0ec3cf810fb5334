"use client";

import { TickedText } from "#components/ui/TickedText.tsx";
import { fieldNameShape } from "#lib/model/naming/nameShape.ts";
import type { Process, Step } from "#lib/model/processTypes.ts";
import { useBuilderActions, useProblems } from "../../BuilderContext.tsx";
import { conditionType } from "../../behaviour/conditionType.ts";
import { DescribeField } from "../../behaviour/DescribeField.tsx";
import { NameField } from "../../behaviour/NameField.tsx";
import { withoutEmpty } from "../../behaviour/withoutEmpty.ts";
import { ExpressionField } from "../../expression/ExpressionField.tsx";
import { ProblemList } from "../../inspector/PathField.tsx";
import { useStepScope } from "../expressions/useProcessScope.ts";
import { useFlow } from "../flow/FlowContext.tsx";
import { replaceStep } from "../tree/editSteps.ts";
import { findStep } from "../tree/findStep.ts";
import { stepPath } from "../tree/stepPath.ts";
import { ownProblems } from "../tree/stepProblems.ts";
import { stepSentence } from "../words/stepSentence.ts";
import { FailureFields } from "./FailureFields.tsx";
import { AskForm, EmitForm, FailForm, MailForm, RequestForm } from "./forms/outsideForms.tsx";
import { FunctionForm, ProcessForm, TransformForm } from "./forms/ownForms.tsx";
import { ActionForm, FindForm, SelectForm } from "./forms/recordForms.tsx";
import { BranchForm, ForEachForm, ParallelForm, RepeatForm, WaitForForm, WaitForm } from "./forms/wayForms.tsx";
import { StepOutcome } from "./StepOutcome.tsx";
import type { StepChange, StepPart } from "./StepPart.ts";
import { stepLooks } from "./stepLooks.ts";

interface StepInspectorProps {
  process: Process;
  step: Step;
  /** Puts another process in the place of this one; changes of one key are undone as one. */
  change: (process: Process, key: string) => void;
}

/** All that can be said of a step. */
export function StepInspector({ process, step, change }: StepInspectorProps) {
  const { run } = useBuilderActions();
  const { select, sayAt, marks } = useFlow();
  const scope = useStepScope(process, step.name);
  const path = stepPath(process, step.name);
  const problems = useProblems();
  const set = (options: StepChange<Step>) => {
    const next = withoutEmpty<Step>({ ...step, ...options } as Step);
    const key = `${process.name}.${step.name}.${Object.keys(options).join()}`;
    change({ ...process, steps: replaceStep(process.steps, step.name, next) }, key);
  };
  const rename = (to: string) => {
    if (run({ type: "renameStep", process: process.name, step: step.name, to })) select({ kind: "step", name: to });
  };
  return (
    <div className="flex flex-col gap-3.5 pt-3">
      {marks.size > 0 ? <StepOutcome step={step} /> : null}
      <p className="text-pretty rounded-md border bg-sunken px-2.5 py-2 text-sm">
        <span className="mb-0.5 block text-2xs text-faint">{stepLooks[step.kind].label}</span>
        <TickedText>{stepSentence(step, sayAt(step.name))}</TickedText>
      </p>
      <ProblemList problems={ownProblems(problems, process, step)} />
      <NameField
        path={[...path, "name"]}
        label="Step name"
        name={step.name}
        check={(text) => stepNameProblem(process, text)}
        rename={rename}
      />
      <StepForm process={process} step={step} path={path} scope={scope} set={set} />
      <ExpressionField
        label="Only if"
        path={[...path, "when"]}
        scope={scope}
        expected={conditionType}
        value={step.when ?? ""}
        optional
        placeholder="always"
        wordsBefore="passed over unless"
        onCommit={(text) => set({ when: text === "" ? undefined : text })}
      />
      <FailureFields step={step} path={path} set={set} />
      <DescribeField path={path} value={step.describe} commit={(describe) => set({ describe })} />
    </div>
  );
}

function stepNameProblem({ steps }: Process, name: string): string | null {
  return fieldNameShape(name) ?? (findStep(steps, name) ? `There is a step \`${name}\` already.` : null);
}

interface StepFormProps extends Omit<StepPart<Step["kind"]>, "step" | "set"> {
  step: Step;
  set: (change: StepChange<Step>) => void;
}

/** The form of the step's kind. */
function StepForm({ step, ...rest }: StepFormProps) {
  switch (step.kind) {
    case "action":
      return <ActionForm step={step} {...rest} />;
    case "find":
      return <FindForm step={step} {...rest} />;
    case "select":
      return <SelectForm step={step} {...rest} />;
    case "transform":
      return <TransformForm step={step} {...rest} />;
    case "branch":
      return <BranchForm step={step} {...rest} />;
    case "forEach":
      return <ForEachForm step={step} {...rest} />;
    case "repeat":
      return <RepeatForm step={step} {...rest} />;
    case "parallel":
      return <ParallelForm step={step} {...rest} />;
    case "wait":
      return <WaitForm step={step} {...rest} />;
    case "waitFor":
      return <WaitForForm step={step} {...rest} />;
    case "request":
      return <RequestForm step={step} {...rest} />;
    case "mail":
      return <MailForm step={step} {...rest} />;
    case "function":
      return <FunctionForm step={step} {...rest} />;
    case "process":
      return <ProcessForm step={step} {...rest} />;
    case "ask":
      return <AskForm step={step} {...rest} />;
    case "emit":
      return <EmitForm step={step} {...rest} />;
    case "fail":
      return <FailForm step={step} {...rest} />;
  }
}
