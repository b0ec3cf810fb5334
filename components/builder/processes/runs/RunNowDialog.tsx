"use client";

import { useState } from "react";
import { Banner } from "#components/ui/Banner.tsx";
import { Button } from "#components/ui/Button.tsx";
import { Dialog } from "#components/ui/Dialog.tsx";
import type { Process } from "#lib/model/processTypes.ts";
import { JsonInput } from "../dryRun/JsonInput.tsx";
import type { SampleInput } from "../dryRun/sampleInput.ts";
import { useBehaviour } from "../studio/BehaviourContext.tsx";
import type { RunsClient } from "./RunsClient.ts";

interface RunNowDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** As it is live. */
  process: Process;
  client: RunsClient;
}

/** Begins a run of the live app with inputs that one writes. */
export function RunNowDialog({ open, onOpenChange, process, client }: RunNowDialogProps) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Run ${process.name} now`}
      description="This is the live app: what the steps change, call and send is changed, called and sent."
    >
      <RunNowForm process={process} client={client} onCancel={() => onOpenChange(false)} />
    </Dialog>
  );
}

interface RunNowFormProps {
  process: Process;
  client: RunsClient;
  onCancel: () => void;
}

function RunNowForm({ process, client, onCancel }: RunNowFormProps) {
  const { go } = useBehaviour();
  const [input, setInput] = useState<SampleInput>({});
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const start = async () => {
    setPending(true);
    setError(null);
    try {
      const { id } = await client.start(process.name, input);
      go({ kind: "runs", run: id });
    } catch (failure) {
      setPending(false);
      setError(failure instanceof Error ? failure.message : String(failure));
    }
  };
  return (
    <div className="flex flex-col gap-3">
      {(process.input ?? []).map(({ name, type }) => (
        <JsonInput
          key={name}
          label={name}
          type={type}
          value={input[name] ?? null}
          onChange={(value) => setInput((before) => ({ ...before, [name]: value }))}
        />
      ))}
      {error === null ? null : <Banner tone="danger">{error}</Banner>}
      <div className="flex justify-end gap-2">
        <Button onClick={onCancel}>Cancel</Button>
        <Button variant="primary" pending={pending} onClick={start}>
          Run it
        </Button>
      </div>
    </div>
  );
}
