"use client";

import { CheckCheck } from "lucide-react";
import { useState } from "react";
import { PermittedButton } from "#components/shell/Permitted.tsx";
import { Button } from "#components/ui/Button.tsx";
import { Card } from "#components/ui/Card.tsx";
import { ProposalRow } from "./ProposalRow.tsx";
import type { ShownProposal } from "./shownProposal.ts";

interface ProposalGroupProps {
  resource: string;
  proposals: readonly ShownProposal[];
  /** Id of the one that the keyboard is at. */
  chosen: string | null;
  onChoose: (id: string) => void;
  onAccept: (proposals: readonly ShownProposal[]) => void;
  isAccepting: boolean;
  onEdit: (proposal: ShownProposal) => void;
  onReject: (proposal: ShownProposal) => void;
}

/** So many are shown until somebody asks for all. */
const mostShown = 25;

/** What is proposed for one resource. */
export function ProposalGroup(props: ProposalGroupProps) {
  const { resource, proposals, chosen, onChoose, onAccept, isAccepting, onEdit, onReject } = props;
  const [isWhole, setWhole] = useState(false);
  const at = proposals.findIndex(({ id }) => id === chosen);
  const count = isWhole ? proposals.length : Math.max(mostShown, at + 5);
  const shown = proposals.slice(0, count);
  const left = proposals.length - shown.length;
  return (
    <Card
      title={resource}
      description={`${proposals.length} ${proposals.length === 1 ? "proposal" : "proposals"}`}
      actions={
        <PermittedButton
          permission="model.write"
          size="sm"
          icon={<CheckCheck />}
          pending={isAccepting}
          aria-label={`Accept all of ${resource}`}
          onClick={() => onAccept(proposals)}
        >
          Accept all
        </PermittedButton>
      }
    >
      <ul className="-mx-2 -my-2 divide-y">
        {shown.map((proposal) => (
          <ProposalRow
            key={proposal.id}
            proposal={proposal}
            isChosen={proposal.id === chosen}
            onChoose={() => onChoose(proposal.id)}
            onAccept={() => onAccept([proposal])}
            onEdit={() => onEdit(proposal)}
            onReject={() => onReject(proposal)}
          />
        ))}
      </ul>
      {left > 0 ? (
        <Button size="sm" variant="ghost" className="mt-3" onClick={() => setWhole(true)}>
          Show {left} more
        </Button>
      ) : null}
    </Card>
  );
}
