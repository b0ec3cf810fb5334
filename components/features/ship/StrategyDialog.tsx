"use client";

import { useState } from "react";
import type { ApiError } from "#components/trpc/apiError.ts";
import { Banner } from "#components/ui/Banner.tsx";
import { Button } from "#components/ui/Button.tsx";
import { Dialog } from "#components/ui/Dialog.tsx";
import { StrategyFields } from "./StrategyFields.tsx";
import type { ChosenStrategy, Strategy } from "./shippedTypes.ts";
import { draftOf, strategyOf } from "./strategyDraft.ts";

interface StrategyDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description: string;
  /** What the button says. */
  action: string;
  /** To begin with. */
  strategy: Strategy | null;
  pending: boolean;
  error: ApiError | null;
  onChosen: (strategy: ChosenStrategy) => void;
}

/** Asks how a release takes over. */
export function StrategyDialog({ open, onOpenChange, title, description, ...form }: StrategyDialogProps) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={title} description={description} size="md">
      <StrategyForm {...form} onCancel={() => onOpenChange(false)} />
    </Dialog>
  );
}

type StrategyFormProps = Pick<StrategyDialogProps, "action" | "strategy" | "pending" | "error" | "onChosen"> & {
  onCancel: () => void;
};

function StrategyForm({ action, strategy, pending, error, onChosen, onCancel }: StrategyFormProps) {
  const [draft, setDraft] = useState(() => draftOf(strategy));
  return (
    <form
      className="flex flex-col gap-4"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        onChosen(strategyOf(draft));
      }}
    >
      <StrategyFields draft={draft} onChange={setDraft} error={error} />
      {error && error.fields.length === 0 ? <Banner tone="danger">{error.message}</Banner> : null}
      <div className="flex justify-end gap-2">
        <Button onClick={onCancel}>Cancel</Button>
        <Button type="submit" variant="primary" pending={pending}>
          {action}
        </Button>
      </div>
    </form>
  );
}
