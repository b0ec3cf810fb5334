"use client";

import { Copy, Trash2 } from "lucide-react";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { IconButton } from "#components/ui/IconButton.tsx";
import type { Process } from "#lib/model/processTypes.ts";
import { useDraft, useProblems } from "../../BuilderContext.tsx";
import { focusField } from "../../inspector/focusField.ts";
import { InspectorFrame, InspectorHead } from "../../inspector/InspectorFrame.tsx";
import { useNarrow } from "../../policies/matrix/useNarrow.ts";
import { useSay } from "../expressions/useSay.ts";
import { type Flow, FlowProvider, type FlowSelection } from "../flow/FlowContext.tsx";
import { startLooks } from "../flow/StartCard.tsx";
import { newStart } from "../starts/newStart.ts";
import { StartInspector } from "../starts/StartInspector.tsx";
import { StepInspector } from "../steps/StepInspector.tsx";
import { useBehaviour } from "../studio/BehaviourContext.tsx";
import { findStep } from "../tree/findStep.ts";
import { placeKey } from "../tree/StepPlace.ts";
import { flowProblems } from "../tree/stepProblems.ts";
import { AddStartDialog } from "./AddStartDialog.tsx";
import { FlowDesk } from "./FlowDesk.tsx";
import { focusPanel } from "./focusPanel.ts";
import { followSelection } from "./followSelection.ts";
import { ProcessInspector } from "./ProcessInspector.tsx";
import { useProcessEditing } from "./useProcessEditing.ts";

const noMarks: Flow["marks"] = new Map();
const noNotes: Flow["notes"] = new Map();

/** A process as a flow that is edited. */
export function ProcessEditor({ process }: { process: Process }) {
  const model = useDraft();
  const problems = useProblems();
  const [chosen, setChosen] = useState<FlowSelection>({ kind: "process" });
  const [shown, setShown] = useState(false);
  const narrow = useNarrow();
  const before = useRef(process);
  const selection = useMemo(() => followSelection(chosen, before.current, process), [process, chosen]);
  useEffect(() => {
    before.current = process;
    setChosen(selection);
  }, [process, selection]);
  const select = useCallback<Flow["select"]>((next, { focus = false } = {}) => {
    setChosen(next);
    setShown(next.kind !== "process" || focus);
    if (focus) focusPanel();
  }, []);
  const { edit, change, startAsked, setStartAsked } = useProcessEditing({ model, process, selection, select });
  const sayAt = useSay(process);
  const counts = useMemo(() => flowProblems(problems, process), [problems, process]);
  const flow = useMemo<Flow>(
    () => ({ process, selection, select, marks: noMarks, notes: noNotes, problems: counts, sayAt, edit }),
    [process, selection, select, counts, sayAt, edit],
  );
  const { wanted } = useBehaviour();
  useEffect(() => {
    const place = wanted && selectionAt(process.name, wanted);
    if (!place) return;
    setChosen(place);
    setShown(true);
    focusField(wanted);
  }, [wanted, process.name]);
  const close = () => {
    setChosen({ kind: "process" });
    setShown(false);
  };
  const found = selection.kind === "step" ? findStep(process.steps, selection.name) : null;
  const step = found?.step;
  const start = selection.kind === "start" ? process.starts?.[selection.index] : undefined;
  const put = (next: Process, key: string) => change(next, key);
  const up = { label: process.name, go: () => select({ kind: "process" }, { focus: true }) };
  return (
    <FlowProvider flow={flow}>
      <FlowDesk
        hidden={shown ? null : { label: "Inputs and output", show: up.go }}
        panel={
          <InspectorFrame
            hidden={!shown}
            shown={JSON.stringify(selection)}
            head={
              step ? (
                <InspectorHead
                  kind="Step"
                  name={step.name}
                  up={up}
                  onClose={close}
                  actions={
                    <>
                      <IconButton
                        label="Duplicate step"
                        keys="Ctrl D"
                        size="sm"
                        onClick={() => edit.duplicate(step.name)}
                      >
                        <Copy />
                      </IconButton>
                      <IconButton
                        label="Remove step"
                        keys="Del"
                        size="sm"
                        variant="danger"
                        onClick={() => edit.remove(step.name)}
                      >
                        <Trash2 />
                      </IconButton>
                    </>
                  }
                />
              ) : start && selection.kind === "start" ? (
                <InspectorHead
                  kind="Start"
                  name={startLooks[start.kind].label}
                  up={up}
                  onClose={close}
                  actions={
                    <IconButton
                      label="Remove start"
                      keys="Del"
                      size="sm"
                      variant="danger"
                      onClick={() => edit.removeStart(selection.index)}
                    >
                      <Trash2 />
                    </IconButton>
                  }
                />
              ) : (
                <InspectorHead kind="Process" name={process.name} {...(narrow ? { onClose: close } : {})} />
              )
            }
          >
            {step && found ? (
              <StepInspector key={`${step.kind} ${placeKey(found.place)}`} process={process} step={step} change={put} />
            ) : start && selection.kind === "start" ? (
              <StartInspector
                key={`${selection.index} ${start.kind}`}
                process={process}
                start={start}
                index={selection.index}
                change={put}
              />
            ) : (
              <ProcessInspector process={process} change={put} />
            )}
          </InspectorFrame>
        }
      />
      <AddStartDialog
        open={startAsked}
        onOpenChange={setStartAsked}
        onChoose={(kind) => {
          setStartAsked(false);
          const starts = [...(process.starts ?? []), newStart(kind, model, process)];
          if (change({ ...process, starts })) select({ kind: "start", index: starts.length - 1 }, { focus: true });
        }}
      />
    </FlowProvider>
  );
}

/** What of a process a place in the model is about. */
function selectionAt(process: string, [section, name, part, item]: readonly string[]): FlowSelection | null {
  if (section !== "processes" || name !== process) return null;
  if (part === "steps" && item !== undefined) return { kind: "step", name: item };
  if (part === "starts" && item !== undefined) return { kind: "start", index: Number(item) };
  return { kind: "process" };
}
