"use client";

import { useQuery } from "@tanstack/react-query";
import { QueryFailure } from "#components/features/QueryFailure.tsx";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { CodeBlock } from "#components/ui/CodeBlock.tsx";
import { Dialog } from "#components/ui/Dialog.tsx";
import { Disclosure } from "#components/ui/Disclosure.tsx";
import { Skeleton } from "#components/ui/Skeleton.tsx";
import type { ProjectScope } from "../ProjectScope.ts";
import { ProposedIndex } from "./ProposedIndex.tsx";
import { duration, rowsText, type SlowExplanation, type SlowStatement } from "./slowStatement.ts";

interface SlowStatementDialogProps extends ProjectScope {
  environment: string;
  /** Null while none is looked at. */
  statement: SlowStatement | null;
  onClose: () => void;
}

/** One slow statement: who caused it, what PostgreSQL does for it, and the index that would spare that. */
export function SlowStatementDialog({ statement, onClose, ...scope }: SlowStatementDialogProps) {
  return (
    <Dialog
      size="lg"
      open={statement !== null}
      onOpenChange={(open) => (open ? null : onClose())}
      title={statement ? `${statement.action} ${statement.resource}` : ""}
      description={
        statement
          ? `Slow ${statement.count === 1 ? "once" : `${statement.count} times`}, ${duration(statement.maxMilliseconds)} at most.`
          : ""
      }
    >
      {statement ? <Details {...scope} statement={statement} /> : null}
    </Dialog>
  );
}

function Details({ statement, ...scope }: ProjectScope & { environment: string; statement: SlowStatement }) {
  const trpc = useTRPC();
  const explanation = useQuery(trpc.slow.explain.queryOptions({ ...scope, id: statement.id }));
  return (
    <div className="flex flex-col gap-4">
      {explanation.error ? <QueryFailure query={explanation} /> : null}
      {explanation.isPending ? <Skeleton className="h-20" /> : null}
      {explanation.data ? <Verdict {...scope} explanation={explanation.data} /> : null}
      <CodeBlock
        title={statement.requests.length === 1 ? "Request" : "Requests"}
        wrap
        code={statement.requests
          .map(({ request, count }) => `${request}${count > 1 ? `   (${count} times)` : ""}`)
          .join("\n")}
      />
      <Disclosure title="SQL" help="The statement as it is sent; values stand for themselves as $1, $2 and so on.">
        <CodeBlock wrap code={statement.sql} />
      </Disclosure>
      {explanation.data ? (
        <Disclosure title="Plan" help="What PostgreSQL would do whatever the values are.">
          <CodeBlock code={explanation.data.plan.join("\n")} />
        </Disclosure>
      ) : null}
    </div>
  );
}

function Verdict({ explanation, ...scope }: ProjectScope & { explanation: SlowExplanation }) {
  const { scans, sorts, proposals } = explanation;
  const [largest] = scans;
  const reads = largest
    ? `It reads all of ${largest.table}, ${rowsText(largest.rows)}${sorts ? ", and sorts them" : ""}.`
    : null;
  return (
    <section aria-label="What would help" className="flex flex-col gap-2">
      <p className="text-pretty text-sm">
        {reads ?? "It reads no table as a whole."}{" "}
        {proposals.length > 0 ? "An index would spare that:" : hopeless(largest !== undefined)}
      </p>
      {proposals.map((proposal) => (
        <ProposedIndex key={JSON.stringify(proposal)} {...scope} proposal={proposal} />
      ))}
    </section>
  );
}

function hopeless(reads: boolean): string {
  return reads
    ? "No index of fields would help: ask for less, or filter by something that fewer records have."
    : "It may have waited behind others, or simply asks for much.";
}
