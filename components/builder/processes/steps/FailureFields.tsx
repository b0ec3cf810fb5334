"use client";

import { Disclosure } from "#components/ui/Disclosure.tsx";
import { Input } from "#components/ui/Input.tsx";
import { Switch } from "#components/ui/Switch.tsx";
import type { Step } from "#lib/model/processTypes.ts";
import { PathField } from "../../inspector/PathField.tsx";
import { useTypedValue } from "../../inspector/useTypedValue.ts";
import { durationWords } from "../words/durationWords.ts";
import { DurationField } from "./forms/DurationField.tsx";
import { isCount } from "./forms/recordForms.tsx";
import type { StepChange } from "./StepPart.ts";

interface FailureFieldsProps {
  step: Step;
  path: readonly string[];
  set: (change: StepChange<Step>) => void;
}

/** What is tried again, given up, done instead and undone. */
export function FailureFields({ step, path, set }: FailureFieldsProps) {
  const { retry, timeout, onError, compensate } = step;
  const attempts = useTypedValue({
    value: retry?.attempts.toString() ?? "",
    commit: (text) => {
      if (text === "" || text === "1") return set({ retry: undefined });
      set({ retry: { ...(retry?.pause === undefined ? {} : { pause: retry.pause }), attempts: Number(text) } });
    },
    check: (text) => (text === "" || isCount(text, 100) ? null : "Write a number from 1 to 100."),
  });
  return (
    <Disclosure
      title="If it fails"
      help="A step that fails is tried again as often as you say. Then the steps for its failure are done, or the run fails."
      note={failureNote(step)}
      data-section={[...path, "retry"].join(".")}
    >
      <PathField path={[...path, "retry", "attempts"]} label="Attempts in all" error={attempts.error}>
        <Input inputMode="numeric" placeholder="1" {...attempts.field} />
      </PathField>
      {retry ? (
        <DurationField
          path={[...path, "retry", "pause"]}
          label="Pause before the second"
          hint="Doubled before each further one."
          none="none"
          value={retry.pause ?? ""}
          onChange={(pause) => set({ retry: { attempts: retry.attempts, ...(pause === undefined ? {} : { pause }) } })}
        />
      ) : null}
      <DurationField
        path={[...path, "timeout"]}
        label="An attempt takes at most"
        none="no limit"
        value={timeout ?? ""}
        onChange={(text) => set({ timeout: text })}
      />
      <Switch
        label="Other steps if it fails"
        hint="They see error.code and error.message; then the run goes on."
        checked={onError !== undefined}
        disabled={onError !== undefined && onError.length > 0}
        onCheckedChange={(on) => set({ onError: on ? [] : undefined })}
      />
      <Switch
        label="Steps that undo it"
        hint="Done when the run fails later, the latest step’s first."
        checked={compensate !== undefined}
        disabled={compensate !== undefined && compensate.length > 0}
        onCheckedChange={(on) => set({ compensate: on ? [] : undefined })}
      />
      {[onError, compensate].some((list) => list !== undefined && list.length > 0) ? (
        <p className="text-faint text-xs">Remove the steps in the flow to switch a way off.</p>
      ) : null}
    </Disclosure>
  );
}

function failureNote({ retry, timeout, onError, compensate }: Step): string | undefined {
  const parts = [
    retry ? `${retry.attempts} attempts` : "",
    timeout === undefined ? "" : durationWords(timeout),
    onError ? "goes on" : "",
    compensate ? "undone" : "",
  ].filter(Boolean);
  return parts.length === 0 ? undefined : parts.join(", ");
}
