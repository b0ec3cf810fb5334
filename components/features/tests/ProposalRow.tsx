"use client";

import { PermittedButton } from "#components/shell/Permitted.tsx";
import { CodeBlock } from "#components/ui/CodeBlock.tsx";
import { cn } from "#components/ui/cn.ts";
import { Disclosure } from "#components/ui/Disclosure.tsx";
import { TickedText } from "#components/ui/TickedText.tsx";
import { printTests } from "#lib/model/tests/printTests.ts";
import type { ShownProposal } from "./shownProposal.ts";
import { TestReading } from "./TestReading.tsx";

interface ProposalRowProps {
  proposal: ShownProposal;
  /** Whether the keyboard is at it: then all of it is shown. */
  isChosen: boolean;
  onChoose: () => void;
  onAccept: () => void;
  onEdit: () => void;
  onReject: () => void;
}

export function ProposalRow({ proposal, isChosen, onChoose, onAccept, onEdit, onReject }: ProposalRowProps) {
  const { id, test } = proposal;
  return (
    <li
      id={`proposal-${id}`}
      {...(isChosen ? { "aria-current": true } : {})}
      className={cn("flex flex-col gap-2 px-2 py-2.5", isChosen && "bg-accent-soft")}
    >
      <div className="flex flex-wrap items-start gap-x-3 gap-y-2">
        <button
          type="button"
          className="min-w-0 flex-1 basis-56 text-pretty break-words text-left text-sm hover:text-accent-text"
          aria-expanded={isChosen}
          onClick={onChoose}
        >
          <TickedText>{test.name}</TickedText>
        </button>
        <div className="flex items-center gap-1">
          <PermittedButton permission="model.write" size="sm" onClick={onAccept} aria-label={`Accept: ${test.name}`}>
            Accept
          </PermittedButton>
          <PermittedButton
            permission="model.write"
            size="sm"
            variant="ghost"
            onClick={onEdit}
            aria-label={`Edit: ${test.name}`}
          >
            Edit
          </PermittedButton>
          <PermittedButton
            permission="model.write"
            size="sm"
            variant="ghost"
            onClick={onReject}
            aria-label={`Reject: ${test.name}`}
          >
            Reject
          </PermittedButton>
        </div>
      </div>
      {isChosen ? (
        <div className="flex min-w-0 flex-col gap-2">
          {test.explain ? (
            <p className="text-pretty text-muted text-sm">
              <TickedText>{test.explain}</TickedText>
            </p>
          ) : null}
          <TestReading test={test} />
          <Disclosure title="Code">
            <CodeBlock code={printTests({ tests: [test] })} title="Code" />
          </Disclosure>
        </div>
      ) : null}
    </li>
  );
}
