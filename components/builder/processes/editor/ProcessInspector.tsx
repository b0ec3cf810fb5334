"use client";

import { TickedText } from "#components/ui/TickedText.tsx";
import type { Process } from "#lib/model/processTypes.ts";
import { useBuilderActions, useDraft, useProblems } from "../../BuilderContext.tsx";
import { DescribeField } from "../../behaviour/DescribeField.tsx";
import { NameField } from "../../behaviour/NameField.tsx";
import { withoutEmpty } from "../../behaviour/withoutEmpty.ts";
import { ProblemList } from "../../inspector/PathField.tsx";
import { problemsBeside } from "../../problems/problemsAt.ts";
import { useOutputScope } from "../expressions/useProcessScope.ts";
import { useFlow } from "../flow/FlowContext.tsx";
import { DurationField } from "../steps/forms/DurationField.tsx";
import { ParameterList } from "../steps/forms/ParameterList.tsx";
import { ValueList } from "../steps/forms/ValueList.tsx";
import { useBehaviour } from "../studio/BehaviourContext.tsx";
import { processPath } from "../tree/stepPath.ts";
import { startsSentence } from "../words/startSentence.ts";
import { behaviourNameProblem } from "./behaviourNameProblem.ts";

const fields = new Set(["name", "input", "starts", "steps", "output", "timeout", "describe"]);

interface ProcessInspectorProps {
  process: Process;
  change: (process: Process, key: string) => void;
}

/** What a process takes, what it comes to, and how long it may take. */
export function ProcessInspector({ process, change }: ProcessInspectorProps) {
  const model = useDraft();
  const { run } = useBuilderActions();
  const { go } = useBehaviour();
  const { sayAt } = useFlow();
  const scope = useOutputScope(process);
  const path = processPath(process.name);
  const problems = problemsBeside(useProblems(), path, fields);
  const set = (options: { readonly [K in keyof Process]?: Process[K] | undefined }) =>
    change(withoutEmpty<Process>({ ...process, ...options }), `${process.name}.${Object.keys(options).join()}`);
  return (
    <div className="flex flex-col gap-4 pt-3">
      <p className="text-pretty rounded-md border bg-sunken px-2.5 py-2 text-sm">
        <TickedText>{startsSentence(process, sayAt)}</TickedText>
      </p>
      <ProblemList problems={problems} />
      <NameField
        path={[...path, "name"]}
        label="Process name"
        name={process.name}
        check={(name) => behaviourNameProblem(model, name)}
        rename={(to) => {
          if (run({ type: "renameProcess", process: process.name, to }))
            go({ kind: "process", name: to, view: "flow" });
        }}
      />
      <ParameterList
        label="Inputs"
        hint="What every start gives. Steps see them as input.name."
        add="Add an input"
        path={[...path, "input"]}
        parameters={process.input ?? []}
        set={(input) => set({ input: input.length === 0 ? undefined : input })}
      />
      <ValueList
        label="Output"
        hint="What a run comes to, for whoever called it."
        add="Add a value"
        path={[...path, "output"]}
        scope={scope}
        values={process.output ?? []}
        set={(output) => set({ output: output.length === 0 ? undefined : output })}
      />
      <DurationField
        path={[...path, "timeout"]}
        label="A run takes at most"
        none="no limit"
        value={process.timeout ?? ""}
        onChange={(timeout) => set({ timeout })}
      />
      <DescribeField path={path} value={process.describe} commit={(describe) => set({ describe })} />
    </div>
  );
}
