"use client";

import { Plus } from "lucide-react";
import { Fragment } from "react";
import { Button } from "#components/ui/Button.tsx";
import { cn } from "#components/ui/cn.ts";
import { TickedText } from "#components/ui/TickedText.tsx";
import type { Step } from "#lib/model/processTypes.ts";
import { type Lane, lanesOf } from "../tree/lanes.ts";
import { useFlow } from "./FlowContext.tsx";
import { InsertButton } from "./InsertButton.tsx";
import { laneWords } from "./laneWords.ts";
import { StartCard } from "./StartCard.tsx";
import { StepCard } from "./StepCard.tsx";
import { focusCard, onCardKey } from "./useFlowKeys.ts";

/** The same flow from top to bottom, for narrow windows and for those who would rather read. */
export function FlowList() {
  const flow = useFlow();
  const { process, edit } = flow;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of the cards within arrive here
    <div
      className="h-full overflow-y-auto overscroll-contain"
      onKeyDown={(event) => {
        const id = event.target instanceof HTMLElement ? event.target.dataset.flow : undefined;
        if (id === undefined) return;
        if ((event.key === "ArrowDown" || event.key === "ArrowUp") && !event.altKey) {
          event.preventDefault();
          const cards = [...event.currentTarget.querySelectorAll<HTMLElement>("[data-flow]")];
          const at = cards.findIndex((card) => card.dataset.flow === id);
          const next = cards[at + (event.key === "ArrowDown" ? 1 : -1)]?.dataset.flow;
          if (next !== undefined) focusCard(next);
          return;
        }
        onCardKey(event, flow, id);
      }}
    >
      <div className="mx-auto flex w-full max-w-xl flex-col gap-2 p-3 pb-24">
        {(process.starts ?? []).map((start, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: starts have no names; their place is what they are
          <StartCard key={index} start={start} index={index} />
        ))}
        {edit ? (
          <Button size="sm" variant="ghost" icon={<Plus />} className="self-center" onClick={edit.askForStart}>
            {(process.starts ?? []).length === 0 ? "What starts it?" : "Another start"}
          </Button>
        ) : null}
        <StepItems steps={process.steps} of={null} lane="steps" />
      </div>
    </div>
  );
}

interface StepItemsProps {
  steps: readonly Step[];
  of: string | null;
  lane: string;
}

function StepItems({ steps, of, lane }: StepItemsProps) {
  return (
    <ol className="flex min-w-0 flex-col gap-1.5">
      {steps.map((step, index) => (
        <Fragment key={step.name}>
          <li className="flex justify-center">
            <InsertButton place={{ of, lane, index }} empty={false} />
          </li>
          <li className="flex min-w-0 flex-col gap-1.5">
            <StepCard step={step} />
            {lanesOf(step).map((inner) => (
              <LaneItems key={inner.key} step={step} lane={inner} />
            ))}
          </li>
        </Fragment>
      ))}
      <li className="flex justify-center">
        <InsertButton place={{ of, lane, index: steps.length }} empty={steps.length === 0} />
      </li>
    </ol>
  );
}

function LaneItems({ step, lane }: { step: Step; lane: Lane }) {
  const { sayAt } = useFlow();
  return (
    <div
      className={cn(
        "ml-2 flex min-w-0 flex-col gap-1 border-line-strong border-l-2 pl-2.5",
        lane.kind === "onError" && "border-danger-line border-dashed",
        lane.kind === "compensate" && "border-warning-line border-dashed",
        lane.kind === "body" && "border-accent-line",
      )}
    >
      <p
        className={cn(
          "text-pretty text-muted text-xs",
          lane.kind === "onError" && "text-danger-text",
          lane.kind === "compensate" && "text-warning-text",
        )}
      >
        <TickedText>{laneWords(step, lane, sayAt(step.name))}</TickedText>
      </p>
      <StepItems steps={lane.steps} of={step.name} lane={lane.key} />
    </div>
  );
}
