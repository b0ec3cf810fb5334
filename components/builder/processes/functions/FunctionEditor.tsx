"use client";

import { Trash2 } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { Card } from "#components/ui/Card.tsx";
import { IconButton } from "#components/ui/IconButton.tsx";
import { Select } from "#components/ui/Select.tsx";
import { Skeleton } from "#components/ui/Skeleton.tsx";
import type { AppFunction } from "#lib/model/processTypes.ts";
import { useBuilderActions, useBuilderStore, useDraft, useProblems } from "../../BuilderContext.tsx";
import { DescribeField } from "../../behaviour/DescribeField.tsx";
import { NameField } from "../../behaviour/NameField.tsx";
import { withoutEmpty } from "../../behaviour/withoutEmpty.ts";
import { newType } from "../../inspector/attributeChanges.ts";
import { PathField, ProblemList } from "../../inspector/PathField.tsx";
import { useUndoable } from "../../policies/useUndoable.ts";
import { problemsBeside } from "../../problems/problemsAt.ts";
import { behaviourNameProblem } from "../editor/behaviourNameProblem.ts";
import { ParameterList, parameterKinds } from "../steps/forms/ParameterList.tsx";
import { useBehaviour } from "../studio/BehaviourContext.tsx";
import { ExampleTable } from "./ExampleTable.tsx";
import { signatureWords } from "./signatureWords.ts";

const SourceEditor = lazy(() => import("./SourceEditor.tsx"));

const fields = new Set(["name", "parameters", "returns", "describe"]);

/** A function: what it takes and returns, its text, and examples that are run as one writes. */
export function FunctionEditor({ fn }: { fn: AppFunction }) {
  const model = useDraft();
  const store = useBuilderStore();
  const { run } = useBuilderActions();
  const { go } = useBehaviour();
  const runUndoable = useUndoable();
  const problems = useProblems();
  const [failedLine, setFailedLine] = useState<{ readonly line: number; readonly message: string } | null>(null);
  const path = ["functions", fn.name];
  const set = (options: { readonly [K in keyof AppFunction]?: AppFunction[K] | undefined }) =>
    run(
      { type: "setFunction", function: withoutEmpty<AppFunction>({ ...fn, ...options }) },
      { key: `${fn.name}.${Object.keys(options).join()}` },
    );
  return (
    <div className="flex min-w-0 flex-col gap-5">
      <Card
        title={<code className="break-all font-mono text-sm">{signatureWords(fn)}</code>}
        actions={
          <IconButton
            label="Remove function"
            size="sm"
            variant="danger"
            onClick={() => {
              if (runUndoable({ type: "removeFunction", function: fn.name }, `Removed ${fn.name}.`)) {
                go({ kind: "functions" });
              }
            }}
          >
            <Trash2 />
          </IconButton>
        }
      >
        <div className="flex flex-col gap-3">
          <ProblemList problems={problemsBeside(problems, path, fields)} />
          <Suspense fallback={<Skeleton className="h-56" />}>
            <SourceEditor
              name={fn.name}
              text={fn.source}
              failed={failedLine}
              onEdit={(source) => set({ source })}
              onLeave={store.seal}
            />
          </Suspense>
        </div>
      </Card>
      <Card title="Examples" description="Each is run in a sandbox of this browser, as the app would run it.">
        <ExampleTable
          fn={fn}
          onFailedLine={setFailedLine}
          set={(examples) => set({ examples: examples.length === 0 ? undefined : examples })}
        />
      </Card>
      <Card title="Signature">
        <div className="grid items-start gap-x-6 gap-y-4 sm:grid-cols-2">
          <ParameterList
            label="Parameters"
            add="Add a parameter"
            path={[...path, "parameters"]}
            parameters={fn.parameters}
            set={(parameters) => set({ parameters })}
          />
          <div className="flex flex-col gap-4">
            <PathField path={[...path, "returns"]} label="Returns">
              <Select
                value={fn.returns.kind}
                options={parameterKinds}
                onValueChange={(kind) => set({ returns: newType(kind) })}
              />
            </PathField>
            <NameField
              path={[...path, "name"]}
              label="Function name"
              name={fn.name}
              check={(name) => behaviourNameProblem(model, name)}
              rename={(to) => {
                if (run({ type: "renameFunction", function: fn.name, to })) go({ kind: "functions", name: to });
              }}
            />
            <DescribeField path={path} value={fn.describe} commit={(describe) => set({ describe })} />
          </div>
        </div>
      </Card>
    </div>
  );
}
