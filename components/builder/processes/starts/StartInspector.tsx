"use client";

import { Checkbox } from "#components/ui/Checkbox.tsx";
import { Select } from "#components/ui/Select.tsx";
import { TickedText } from "#components/ui/TickedText.tsx";
import { storedAttributes } from "#lib/model/features/storedAttributes.ts";
import { foreignKeyField } from "#lib/model/naming/foreignKeyField.ts";
import type { ChangeStart, Process, ScheduleStart, Start } from "#lib/model/processTypes.ts";
import type { Resource } from "#lib/model/types.ts";
import { useDraft, useProblems } from "../../BuilderContext.tsx";
import { conditionType } from "../../behaviour/conditionType.ts";
import { withoutEmpty } from "../../behaviour/withoutEmpty.ts";
import { ExpressionField } from "../../expression/ExpressionField.tsx";
import { PathField, ProblemList } from "../../inspector/PathField.tsx";
import { problemsAt } from "../../problems/problemsAt.ts";
import { useStartScope } from "../expressions/useProcessScope.ts";
import { useFlow } from "../flow/FlowContext.tsx";
import { startLooks } from "../flow/StartCard.tsx";
import { CronFields } from "../schedule/CronFields.tsx";
import { ActionsField } from "../steps/forms/ActionsField.tsx";
import { GivenFields } from "../steps/forms/GivenFields.tsx";
import { parameterFields } from "../steps/forms/ownForms.tsx";
import { ResourceField } from "../steps/forms/ResourceField.tsx";
import { startPath } from "../tree/stepPath.ts";
import { startSentence } from "../words/startSentence.ts";
import { HookFields } from "./HookFields.tsx";
import { newStart, startKinds } from "./newStart.ts";
import type { StartPart } from "./StartPart.ts";

interface StartInspectorProps {
  process: Process;
  start: Start;
  index: number;
  change: (process: Process, key: string) => void;
}

/** All that can be said of what begins runs. */
export function StartInspector({ process, start, index, change }: StartInspectorProps) {
  const model = useDraft();
  const { sayAt } = useFlow();
  const path = startPath(process, index);
  const problems = problemsAt(useProblems(), path);
  const scope = useStartScope(process, start);
  const put = (next: Start, key: string) =>
    change({ ...process, starts: (process.starts ?? []).with(index, next) }, `${process.name} start ${index} ${key}`);
  const part = { process, path, scope };
  return (
    <div className="flex flex-col gap-3.5 pt-3">
      <p className="text-pretty rounded-md border bg-sunken px-2.5 py-2 text-sm">
        <TickedText>{startSentence(start, sayAt(`start ${index}`))}</TickedText>
      </p>
      <ProblemList problems={problems} />
      <PathField path={[...path, "kind"]} label="What starts it">
        <Select
          value={start.kind}
          options={startKinds.map((kind) => ({ value: kind, label: startLooks[kind].label }))}
          onValueChange={(kind) => put(newStart(kind, model, process), "kind")}
        />
      </PathField>
      <StartForm start={start} put={put} {...part} />
    </div>
  );
}

interface StartFormProps extends Omit<StartPart<Start>, "start" | "set"> {
  start: Start;
  put: (start: Start, key: string) => void;
}

function StartForm({ start, put, ...part }: StartFormProps) {
  const set = (options: object) =>
    put(withoutEmpty<Start>({ ...start, ...options } as Start), Object.keys(options).join());
  switch (start.kind) {
    case "change":
      return <ChangeForm start={start} set={set} {...part} />;
    case "schedule":
      return <ScheduleForm start={start} set={set} {...part} />;
    case "hook":
      return <HookFields start={start} set={set} {...part} />;
    case "call":
      return (
        <ExpressionField
          label="Who may call it"
          hint="Sees `actor` and `input`. Left empty, only service keys may."
          path={[...part.path, "allow"]}
          scope={part.scope}
          expected={conditionType}
          value={start.allow ?? ""}
          optional
          placeholder="service keys only"
          wordsBefore="allowed if"
          onCommit={(text) => set({ allow: text === "" ? undefined : text })}
        />
      );
  }
}

function ChangeForm({ process, start, path, scope, set }: StartPart<ChangeStart>) {
  const model = useDraft();
  const resource = model.resources.find(({ name }) => name === start.resource);
  const fields = resource ? changeableFields(resource) : [];
  return (
    <>
      <ResourceField
        path={[...path, "resource"]}
        label="Records of"
        value={start.resource}
        onChange={(name) => set({ resource: name, actions: undefined, fields: undefined })}
      />
      <ActionsField
        path={[...path, "actions"]}
        resource={start.resource}
        actions={start.actions}
        onChange={(actions) => set({ actions })}
      />
      {fields.length === 0 ? null : (
        <fieldset className="flex flex-col gap-1.5" data-path={[...path, "fields"].join(".")}>
          <legend className="mb-1 font-medium text-muted text-xs">Only if one of these changed (none: any)</legend>
          <div className="grid grid-cols-2 gap-x-2 gap-y-1">
            {fields.map((name) => (
              <Checkbox
                key={name}
                label={name}
                checked={start.fields?.includes(name) ?? false}
                onCheckedChange={(checked) => {
                  const next = fields.filter((one) =>
                    one === name ? checked : (start.fields?.includes(one) ?? false),
                  );
                  set({ fields: next.length === 0 ? undefined : next });
                }}
              />
            ))}
          </div>
        </fieldset>
      )}
      <ExpressionField
        label="Only if"
        hint="Sees the record’s fields after the change, `previous` and `actor`."
        path={[...path, "when"]}
        scope={scope}
        expected={conditionType}
        value={start.when ?? ""}
        optional
        placeholder="always"
        wordsBefore="only if"
        onCommit={(text) => set({ when: text === "" ? undefined : text })}
      />
      <InputFields process={process} start={start} path={path} scope={scope} set={set} />
    </>
  );
}

/** Fields whose change can be told. */
function changeableFields(resource: Resource): readonly string[] {
  return [
    ...storedAttributes(resource).map(({ name }) => name),
    ...resource.relationships.filter(({ kind }) => kind === "belongsTo").map(foreignKeyField),
  ];
}

const missedOptions = [
  { value: "none", label: "leave them out" },
  { value: "once", label: "run once for the last of them" },
  { value: "each", label: "run once for each" },
] as const;

function ScheduleForm({ process, start, path, scope, set }: StartPart<ScheduleStart>) {
  return (
    <>
      <CronFields path={path} start={start} set={set} />
      <PathField path={[...path, "missed"]} label="Moments at which nothing could run">
        <Select
          value={start.missed ?? "none"}
          options={missedOptions}
          onValueChange={(missed) => set({ missed: missed === "none" ? undefined : missed })}
        />
      </PathField>
      <InputFields process={process} start={start} path={path} scope={scope} set={set} />
    </>
  );
}

interface InputFieldsProps extends Omit<StartPart<ChangeStart | ScheduleStart>, "set"> {
  set: (change: { readonly input?: ChangeStart["input"] | undefined }) => void;
}

/** How the inputs of the process are filled. */
function InputFields({ process, start, path, scope, set }: InputFieldsProps) {
  const model = useDraft();
  if ((process.input ?? []).length === 0 && (start.input ?? []).length === 0) {
    return <p className="text-faint text-xs">The process has no inputs to fill. They are added in its own panel.</p>;
  }
  return (
    <GivenFields
      label="Inputs of the process"
      add="Fill an input"
      path={[...path, "input"]}
      scope={scope}
      fields={parameterFields(model, process.input ?? [])}
      given={start.input ?? []}
      set={(input) => set({ input })}
    />
  );
}
