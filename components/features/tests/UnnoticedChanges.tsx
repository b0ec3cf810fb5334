"use client";

import { CircleCheck } from "lucide-react";
import { useState } from "react";
import { PermittedButton } from "#components/shell/Permitted.tsx";
import { Button } from "#components/ui/Button.tsx";
import { Card } from "#components/ui/Card.tsx";
import type { Unnoticed } from "#lib/vetting/cover/Coverage.ts";
import { MissedPart } from "./MissedPart.tsx";

interface UnnoticedChangesProps {
  unnoticed: readonly Unnoticed[];
  decided: ReadonlySet<string>;
  onAccept: (ids: readonly string[]) => void;
}

const mostShown = 20;

/** Which changes to the model no test would notice. */
export function UnnoticedChanges({ unnoticed, decided, onAccept }: UnnoticedChangesProps) {
  const [isWhole, setWhole] = useState(false);
  if (unnoticed.length === 0) {
    return (
      <Card title="Changes that nobody would notice">
        <p className="flex items-center gap-2 text-sm">
          <CircleCheck className="size-4 text-success-text" aria-hidden />
          None: whatever is changed in the model, some test fails.
        </p>
      </Card>
    );
  }
  const open = new Set(unnoticed.flatMap(({ proposals }) => proposals).filter((id) => !decided.has(id)));
  const shown = isWhole ? unnoticed : unnoticed.slice(0, mostShown);
  return (
    <Card
      title="Changes that nobody would notice"
      description={`If somebody made one of these ${unnoticed.length} changes, all tests would still pass.`}
      actions={
        open.size > 0 ? (
          <PermittedButton permission="model.write" size="sm" onClick={() => onAccept([...open])}>
            Accept all {open.size}
          </PermittedButton>
        ) : null
      }
    >
      <ul className="flex flex-col gap-3">
        {shown.map((one) => (
          <MissedPart
            key={one.id}
            missed={{ ...one, sentence: `${one.resource}: ${one.sentence}` }}
            decided={decided}
            onAccept={onAccept}
          />
        ))}
      </ul>
      {shown.length < unnoticed.length ? (
        <Button size="sm" variant="ghost" className="mt-3" onClick={() => setWhole(true)}>
          Show {unnoticed.length - shown.length} more
        </Button>
      ) : null}
    </Card>
  );
}
