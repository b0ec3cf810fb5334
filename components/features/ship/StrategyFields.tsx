"use client";

import { Plus, X } from "lucide-react";
import { useId } from "react";
import { type ApiError, fieldMessage } from "#components/trpc/apiError.ts";
import { Button } from "#components/ui/Button.tsx";
import { Checkbox } from "#components/ui/Checkbox.tsx";
import { Field, FieldError } from "#components/ui/Field.tsx";
import { IconButton } from "#components/ui/IconButton.tsx";
import { Input } from "#components/ui/Input.tsx";
import { SegmentedControl } from "#components/ui/SegmentedControl.tsx";
import { Select } from "#components/ui/Select.tsx";
import type { StepDraft, StrategyDraft } from "./strategyDraft.ts";

interface StrategyFieldsProps {
  draft: StrategyDraft;
  onChange: (draft: StrategyDraft) => void;
  error: ApiError | null;
}

const explanations = {
  atOnce: "Every new request goes to the new release as soon as it is ready.",
  canary: "More and more of the requests go to it, as long as it fares no worse than the release that serves.",
  split: "Two releases serve side by side until somebody promotes the new one or rolls it back.",
} as const;

/** How a release takes over. */
export function StrategyFields({ draft, onChange, error }: StrategyFieldsProps) {
  const set = (change: Partial<StrategyDraft>) => onChange({ ...draft, ...change });
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-col gap-1.5">
        <SegmentedControl
          className="self-start"
          label="How it takes over"
          value={draft.kind}
          onValueChange={(kind) => set({ kind })}
          options={[
            { value: "atOnce", label: "At once" },
            { value: "canary", label: "Canary" },
            { value: "split", label: "A/B" },
          ]}
        />
        <p className="text-pretty text-muted text-sm">{explanations[draft.kind]}</p>
      </div>
      {draft.kind === "canary" ? <CanaryFields draft={draft} onChange={onChange} error={error} /> : null}
      {draft.kind === "split" ? <SplitFields draft={draft} onChange={onChange} error={error} /> : null}
      <Checkbox
        label="Wait for approval"
        hint="An owner looks at the plan and the tests before anything changes."
        checked={draft.approval}
        onCheckedChange={(approval) => set({ approval })}
      />
    </div>
  );
}

const at = "strategy.rollout";

function CanaryFields({ draft, onChange, error }: StrategyFieldsProps) {
  const set = (change: Partial<StrategyDraft>) => onChange({ ...draft, ...change });
  const setStep = (id: string, change: Partial<StepDraft>) =>
    set({ steps: draft.steps.map((step) => (step.id === id ? { ...step, ...change } : step)) });
  const add = () => {
    const id = String(Math.max(0, ...draft.steps.map((step) => Number(step.id))) + 1);
    const last = Number(draft.steps.at(-1)?.percent ?? 0);
    set({ steps: [...draft.steps, { id, percent: String(Math.min(100, last * 2 || 10)), minutes: "10" }] });
  };
  return (
    <>
      <fieldset className="flex flex-col gap-2">
        <legend className="mb-1 font-medium text-muted text-xs">Steps</legend>
        {draft.steps.map((step, index) => (
          <CanaryStepFields
            key={step.id}
            number={index + 1}
            step={step}
            problems={[
              fieldMessage(error, `${at}.steps.${index}.percent`),
              fieldMessage(error, `${at}.steps.${index}.minutes`),
            ]}
            onChange={(change) => setStep(step.id, change)}
            onRemove={
              draft.steps.length === 1 ? null : () => set({ steps: draft.steps.filter(({ id }) => id !== step.id) })
            }
          />
        ))}
        {fieldMessage(error, `${at}.steps`) ? (
          <p className="text-danger-text text-xs">{fieldMessage(error, `${at}.steps`)}</p>
        ) : null}
        <Button className="self-start" size="sm" icon={<Plus />} onClick={add} disabled={draft.steps.length >= 20}>
          Add step
        </Button>
      </fieldset>
      <fieldset className="flex flex-col gap-3">
        <legend className="mb-2 text-pretty text-muted text-sm">It is rolled back by itself when</legend>
        <Field
          label="more than so many percent of its answers are errors"
          error={fieldMessage(error, `${at}.limits.errorPercent`)}
        >
          <Input
            className="w-24"
            inputMode="decimal"
            value={draft.errorPercent}
            onChange={(event) => set({ errorPercent: event.target.value })}
          />
        </Field>
        <Field
          label="its 95th percentile is more than so many times that of the release that serves"
          error={fieldMessage(error, `${at}.limits.latencyFactor`)}
        >
          <Input
            className="w-24"
            inputMode="decimal"
            value={draft.latencyFactor}
            onChange={(event) => set({ latencyFactor: event.target.value })}
          />
        </Field>
        <Field
          label="Requests without which a step decides nothing"
          hint="With fewer it waits on."
          error={fieldMessage(error, `${at}.limits.minRequests`)}
        >
          <Input
            className="w-24"
            inputMode="numeric"
            value={draft.minRequests}
            onChange={(event) => set({ minRequests: event.target.value })}
          />
        </Field>
      </fieldset>
    </>
  );
}

interface CanaryStepFieldsProps {
  /** From 1. */
  number: number;
  step: StepDraft;
  /** Of the percent and of the minutes. */
  problems: readonly [string | undefined, string | undefined];
  onChange: (change: Partial<StepDraft>) => void;
  /** Null where it is the only one. */
  onRemove: (() => void) | null;
}

function CanaryStepFields({ number, step, problems, onChange, onRemove }: CanaryStepFieldsProps) {
  const [ofPercent, ofMinutes] = problems;
  const problemId = useId();
  const described = { "aria-describedby": problemId };
  return (
    <div className="flex flex-col gap-1">
      <div className="flex items-center gap-2">
        <Input
          className="w-16 sm:w-20"
          inputMode="decimal"
          aria-label={`Percent of the requests in step ${number}`}
          {...(ofPercent ? { "aria-invalid": true, ...described } : {})}
          value={step.percent}
          onChange={(event) => onChange({ percent: event.target.value })}
        />
        <span className="shrink-0 text-muted text-sm">% for</span>
        <Input
          className="w-16 sm:w-20"
          inputMode="decimal"
          aria-label={`Minutes of step ${number}`}
          {...(ofMinutes ? { "aria-invalid": true, ...described } : {})}
          value={step.minutes}
          onChange={(event) => onChange({ minutes: event.target.value })}
        />
        <span className="text-muted text-sm">minutes</span>
        <IconButton
          label={`Remove step ${number}`}
          className="ml-auto"
          disabled={onRemove === null}
          onClick={() => onRemove?.()}
        >
          <X />
        </IconButton>
      </div>
      {ofPercent || ofMinutes ? <FieldError id={problemId} error={ofPercent ?? ofMinutes} /> : null}
    </div>
  );
}

function SplitFields({ draft, onChange, error }: StrategyFieldsProps) {
  const set = (change: Partial<StrategyDraft>) => onChange({ ...draft, ...change });
  const isNamed = draft.by === "header" || draft.by === "cookie";
  return (
    <div className="grid gap-3 sm:grid-cols-3">
      <Field label="Who gets the new release">
        <Select
          value={draft.by}
          onValueChange={(by) => set({ by })}
          options={[
            { value: "header", label: "Requests with a header" },
            { value: "cookie", label: "Requests with a cookie" },
            { value: "actor", label: "A share of the actors" },
            { value: "weight", label: "A share of the requests" },
          ]}
        />
      </Field>
      {isNamed ? (
        <>
          <Field label="Name" error={fieldMessage(error, `${at}.split.name`)}>
            <Input value={draft.name} spellCheck={false} onChange={(event) => set({ name: event.target.value })} />
          </Field>
          <Field label="Value" error={fieldMessage(error, `${at}.split.value`)}>
            <Input value={draft.value} spellCheck={false} onChange={(event) => set({ value: event.target.value })} />
          </Field>
        </>
      ) : (
        <Field
          label="Percent"
          hint={draft.by === "actor" ? "Users, keys, else addresses: each stays with what it got." : undefined}
          error={fieldMessage(error, `${at}.split.percent`)}
        >
          <Input inputMode="decimal" value={draft.percent} onChange={(event) => set({ percent: event.target.value })} />
        </Field>
      )}
    </div>
  );
}
