"use client";

import { PermittedButton } from "#components/shell/Permitted.tsx";
import { TickedText } from "#components/ui/TickedText.tsx";
import type { UncoveredPart } from "#lib/vetting/cover/Coverage.ts";
import { partWords } from "./partWords.ts";

interface MissedPartProps {
  missed: UncoveredPart;
  decided: ReadonlySet<string>;
  onAccept: (ids: readonly string[]) => void;
}

/** A change of the model that nothing notices, with the proposal that would. */
export function MissedPart({ missed, decided, onAccept }: MissedPartProps) {
  const { kind, sentence, proposals } = missed;
  const isTaken = proposals.some((id) => decided.has(id));
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-3 gap-y-1.5 text-sm">
      <div className="min-w-0 flex-1 basis-60">
        <p className="text-pretty break-words">
          <TickedText>{sentence}</TickedText>
        </p>
        <p className="text-faint text-xs">{partWords[kind]}</p>
      </div>
      {proposals.length > 0 ? (
        <PermittedButton permission="model.write" size="sm" disabled={isTaken} onClick={() => onAccept(proposals)}>
          {isTaken ? "Accepted" : "Accept the test"}
        </PermittedButton>
      ) : (
        <span className="text-faint text-xs">No proposal</span>
      )}
    </li>
  );
}
