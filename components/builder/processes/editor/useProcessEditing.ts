"use client";

import { useMemo, useState } from "react";
import { toast } from "sonner";
import type { Process, Step } from "#lib/model/processTypes.ts";
import type { Model } from "#lib/model/types.ts";
import { useBuilderActions, useBuilderStore } from "../../BuilderContext.tsx";
import { copiedStep, keepCopied } from "../flow/copiedStep.ts";
import type { FlowEditing, FlowSelection } from "../flow/FlowContext.tsx";
import { focusCard } from "../flow/useFlowKeys.ts";
import { newStep } from "../steps/newStep.ts";
import { copyOf, insertStep, moveStep, removeStep } from "../tree/editSteps.ts";
import { findStep, walkSteps } from "../tree/findStep.ts";
import { lanesOf } from "../tree/lanes.ts";
import type { StepPlace } from "../tree/StepPlace.ts";
import { movedBy } from "./movedBy.ts";

interface EditingOptions {
  readonly model: Model;
  readonly process: Process;
  readonly selection: FlowSelection;
  readonly select: (selection: FlowSelection, options?: { readonly focus?: boolean }) => void;
}

/** What can be done with the flow of a process; each change is a step of the document's history. */
export function useProcessEditing({ model, process, selection, select }: EditingOptions) {
  const store = useBuilderStore();
  const { run } = useBuilderActions();
  const [inserting, setInserting] = useState<StepPlace | null>(null);
  const [startAsked, setStartAsked] = useState(false);
  return useMemo(() => {
    const change = (next: Process, key?: string) => {
      const options = key === undefined ? {} : { key };
      if (key === undefined) store.seal();
      return run({ type: "setProcess", process: next }, options);
    };
    const withSteps = (steps: readonly Step[]) => change({ ...process, steps });
    const add = (place: StepPlace, step: Step) => {
      setInserting(null);
      if (!withSteps(insertStep(process.steps, place, step))) return;
      select({ kind: "step", name: step.name });
      focusCard(`step ${step.name}`);
    };
    const undoable = (said: string) => toast(said, { action: { label: "Undo", onClick: store.undo } });
    const edit: FlowEditing = {
      inserting,
      askForStep: setInserting,
      askForStart: () => setStartAsked(true),
      insert: (place, kind) => add(place, newStep(kind, { model, process, taken: namesOf(process) })),
      move(name, to) {
        const steps = moveStep(process.steps, name, to);
        if (steps) withSteps(steps);
      },
      moveBy(name, direction) {
        const steps = movedBy(process.steps, name, direction);
        if (steps) withSteps(steps);
      },
      remove(name) {
        const found = findStep(process.steps, name);
        if (!found) return;
        const next = neighbourOf(process.steps, found.place);
        if (!withSteps(removeStep(process.steps, name))) return;
        if (selection.kind === "step" && selection.name === name) select({ kind: "process" });
        if (next !== null) focusCard(`step ${next}`);
        undoable(`Removed ${name}.`);
      },
      removeStart(index) {
        const { starts, ...rest } = process;
        const left = (starts ?? []).toSpliced(index, 1);
        if (!change(left.length === 0 ? rest : { ...rest, starts: left })) return;
        if (selection.kind === "start") select({ kind: "process" });
        undoable("Removed the start.");
      },
      duplicate(name) {
        const found = findStep(process.steps, name);
        if (found) add({ ...found.place, index: found.place.index + 1 }, copyOf(process.steps, found.step));
      },
      copy(name) {
        const found = findStep(process.steps, name);
        if (!found) return;
        keepCopied(found.step);
        toast(`Copied ${name}.`);
      },
      paste(place) {
        const step = copiedStep();
        if (step) add(place, copyOf(process.steps, step));
      },
    };
    return { edit, change, startAsked, setStartAsked };
  }, [store, run, model, process, selection, select, inserting, startAsked]);
}

function namesOf({ steps }: Process): ReadonlySet<string> {
  return new Set([...walkSteps(steps)].map(({ step }) => step.name));
}

/** The step before it in its list, or the one after it, or the one around it. */
function neighbourOf(steps: readonly Step[], place: StepPlace): string | null {
  const around = place.of === null ? null : (findStep(steps, place.of)?.step ?? null);
  const list = around ? (lanesOf(around).find(({ key }) => key === place.lane)?.steps ?? []) : steps;
  return (list[place.index - 1] ?? list[place.index + 1])?.name ?? place.of;
}
