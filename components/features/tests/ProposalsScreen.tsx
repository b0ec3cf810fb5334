"use client";

import { useQuery } from "@tanstack/react-query";
import { CircleCheck } from "lucide-react";
import { useState } from "react";
import { QueryFailure } from "#components/features/QueryFailure.tsx";
import { usePlace } from "#components/shell/usePlace.ts";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { Disclosure } from "#components/ui/Disclosure.tsx";
import { EmptyState } from "#components/ui/EmptyState.tsx";
import { Kbd } from "#components/ui/Kbd.tsx";
import { PageHeader } from "#components/ui/PageHeader.tsx";
import { Select } from "#components/ui/Select.tsx";
import { Skeleton } from "#components/ui/Skeleton.tsx";
import { TickedText } from "#components/ui/TickedText.tsx";
import { printTests } from "#lib/model/tests/printTests.ts";
import type { ProjectScope } from "../ProjectScope.ts";
import { type EditedTest, EditTestDialog } from "./EditTestDialog.tsx";
import { ProposalGroup } from "./ProposalGroup.tsx";
import { partWords } from "./partWords.ts";
import { RejectDialog } from "./RejectDialog.tsx";
import { RejectedProposals } from "./RejectedProposals.tsx";
import type { ShownProposal } from "./shownProposal.ts";
import { useDecisions } from "./useDecisions.ts";
import { useProposalKeys } from "./useProposalKeys.ts";

/** Tests that the model suggests: each is accepted, edited or rejected; only accepted ones gate. */
export function ProposalsScreen(project: ProjectScope) {
  const trpc = useTRPC();
  const { branch } = usePlace();
  const scope = { ...project, branch };
  const proposals = useQuery(trpc.tests.proposals.queryOptions(scope));
  const [kind, setKind] = useState("all");
  const [edited, setEdited] = useState<EditedTest | null>(null);
  const [rejected, setRejected] = useState<ShownProposal | null>(null);
  const decisions = useDecisions(scope);
  const open = (proposals.data?.open ?? []).filter(({ id }) => !decisions.decided.has(id));
  const shown = open.filter((proposal) => kind === "all" || proposal.kind === kind);
  const edit = ({ id, test }: ShownProposal) =>
    setEdited({ kind: "proposal", id, test, code: printTests({ tests: [test] }) });
  const { chosen, choose } = useProposalKeys(shown, {
    isOff: edited !== null || rejected !== null,
    accept: ({ id }) => decisions.accept([id]),
    edit,
    reject: setRejected,
  });
  const kinds = [...new Set(open.map((proposal) => proposal.kind))];
  const groups = Map.groupBy(shown, ({ resource }) => resource);
  return (
    <>
      <PageHeader
        title="Proposals"
        description="Tests worked out from the model, each true of it as it stands. Accepted ones are committed to the branch and gate every deploy."
        actions={
          open.length > 0 ? (
            <Select
              aria-label="Which proposals"
              className="w-48"
              value={kind}
              onValueChange={setKind}
              options={[
                { value: "all", label: `All (${open.length})` },
                ...kinds.map((each) => ({
                  value: each as string,
                  label: `${partWords[each]} (${open.filter((one) => one.kind === each).length})`,
                })),
              ]}
            />
          ) : null
        }
      />
      {proposals.error ? <QueryFailure query={proposals} /> : null}
      {proposals.isPending ? <Loading /> : null}
      {proposals.data && open.length === 0 ? (
        <EmptyState
          icon={<CircleCheck />}
          title="Nothing is left to decide"
          description="Whatever the model says is tested or was rejected. When the model changes, what follows from it is proposed here."
        />
      ) : null}
      {shown.length > 0 ? (
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-faint text-xs max-sm:hidden">
          <span>
            <Kbd>J</Kbd> <Kbd>K</Kbd> next, previous
          </span>
          <span>
            <Kbd>A</Kbd> accept
          </span>
          <span>
            <Kbd>E</Kbd> edit
          </span>
          <span>
            <Kbd>R</Kbd> reject
          </span>
        </p>
      ) : null}
      {[...groups].map(([resource, group]) => (
        <ProposalGroup
          key={resource}
          resource={resource}
          proposals={group}
          chosen={chosen}
          onChoose={choose}
          onAccept={(some) => decisions.accept(some.map(({ id }) => id))}
          isAccepting={decisions.isAccepting}
          onEdit={edit}
          onReject={setRejected}
        />
      ))}
      {proposals.data && proposals.data.rejected.length > 0 ? (
        <RejectedProposals rejected={proposals.data.rejected} onRestore={decisions.unreject} />
      ) : null}
      {proposals.data && proposals.data.unsupported.length > 0 ? (
        <Disclosure
          title="Parts for which no test could be worked out"
          note={proposals.data.unsupported.length}
          help="They ask for more than the search finds, or depend on the moment. Write a test for them by hand where it matters."
        >
          <ul className="flex flex-col gap-2">
            {proposals.data.unsupported.map(({ part, why }) => (
              <li key={part.join(".")} className="min-w-0 text-sm">
                <p className="break-words font-mono text-muted text-xs">{part.join(".")}</p>
                <p className="text-pretty break-words">
                  <TickedText>{why}</TickedText>
                </p>
              </li>
            ))}
          </ul>
        </Disclosure>
      ) : null}
      <EditTestDialog scope={scope} edited={edited} onClose={() => setEdited(null)} />
      <RejectDialog
        proposal={rejected}
        onClose={() => setRejected(null)}
        onReject={(id, reason) => decisions.reject(id, reason)}
      />
    </>
  );
}

function Loading() {
  return (
    <div className="flex flex-col gap-3" role="status" aria-label="Proposals are being worked out">
      <p className="text-muted text-sm">Working them out from the model. Large models take some seconds.</p>
      <Skeleton className="h-40" />
      <Skeleton className="h-40" />
    </div>
  );
}
