"use client";

import { PermittedButton } from "#components/shell/Permitted.tsx";
import { Disclosure } from "#components/ui/Disclosure.tsx";
import type { ShownProposal } from "./shownProposal.ts";

interface RejectedProposalsProps {
  rejected: readonly { readonly proposal: ShownProposal; readonly reason: string | null }[];
  onRestore: (id: string) => void;
}

/** What was rejected, and the way back. */
export function RejectedProposals({ rejected, onRestore }: RejectedProposalsProps) {
  return (
    <Disclosure
      title="Rejected"
      note={rejected.length}
      help="They are not proposed again while the part that they are about stays as it is."
    >
      <ul className="flex flex-col gap-2">
        {rejected.map(({ proposal, reason }) => (
          <li key={proposal.id} className="flex flex-wrap items-start justify-between gap-x-3 gap-y-1 text-sm">
            <div className="min-w-0 flex-1 basis-56">
              <p className="text-pretty break-words">{proposal.test.name}</p>
              {reason === null ? null : <p className="text-pretty break-words text-muted">{reason}</p>}
            </div>
            <PermittedButton permission="model.write" size="sm" onClick={() => onRestore(proposal.id)}>
              Propose again
            </PermittedButton>
          </li>
        ))}
      </ul>
    </Disclosure>
  );
}
