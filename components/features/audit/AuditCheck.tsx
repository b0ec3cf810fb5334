"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { ShieldCheck } from "lucide-react";
import { useState } from "react";
import { apiError } from "#components/trpc/apiError.ts";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { Banner } from "#components/ui/Banner.tsx";
import { Button } from "#components/ui/Button.tsx";
import { Card } from "#components/ui/Card.tsx";

/** Looks, part by part, whether the log is as it was written. */
export function AuditCheck({ organisation }: { organisation: string }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [through, setThrough] = useState<number | null>(null);
  const check = useMutation({
    mutationFn: async () => {
      for (let after = 0; ; ) {
        const part = await queries.fetchQuery(
          trpc.audit.verify.queryOptions({ organisation, after }, { staleTime: 0, gcTime: 0 }),
        );
        setThrough(part.through);
        if (part.problem || part.isComplete) return part;
        after = part.through;
      }
    },
  });
  return (
    <Card
      title="Is it as it was written?"
      description="Each entry is hashed with the one before it. The check finds whatever was altered, removed, added or moved, also by somebody with the whole database."
      actions={
        <Button icon={<ShieldCheck />} pending={check.isPending} onClick={() => check.mutate()}>
          Check
        </Button>
      }
    >
      {check.isIdle ? null : (
        <>
          {check.isPending && through !== null ? (
            <p role="status" className="text-muted text-sm">
              Entries up to {through.toLocaleString("en-GB")} are right …
            </p>
          ) : null}
          {check.error ? <Banner tone="danger">{apiError(check.error).message}</Banner> : null}
          {check.data?.problem ? (
            <Banner tone="danger" title="The log is not as it was written">
              {check.data.problem.problem} Everything before that is right. Keep a copy of the database, and compare
              with an export or with what was sent on.
            </Banner>
          ) : null}
          {check.data && !check.data.problem ? (
            <Banner tone="success" title="Nothing was changed">
              {check.data.through >= check.data.first
                ? `Entries ${check.data.first.toLocaleString("en-GB")} to ${check.data.through.toLocaleString("en-GB")} follow each other without a gap.`
                : "There are no entries."}
            </Banner>
          ) : null}
        </>
      )}
    </Card>
  );
}
