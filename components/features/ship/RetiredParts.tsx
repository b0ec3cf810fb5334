"use client";

import { useQuery } from "@tanstack/react-query";
import { Trash2 } from "lucide-react";
import { useState } from "react";
import { QueryFailure } from "#components/features/QueryFailure.tsx";
import { PermittedButton } from "#components/shell/Permitted.tsx";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { Badge } from "#components/ui/Badge.tsx";
import { Card } from "#components/ui/Card.tsx";
import { RelativeTime } from "#components/ui/RelativeTime.tsx";
import type { EnvironmentScope } from "../EnvironmentScope.ts";
import { ContractDialog } from "./ContractDialog.tsx";
import { counted, type RetiredPart } from "./retiredPart.ts";

/** What the database keeps although the model has it no longer; nothing is shown while there is nothing. */
export function RetiredParts(scope: EnvironmentScope) {
  const trpc = useTRPC();
  const parts = useQuery(trpc.deployments.contractPlan.queryOptions(scope));
  const [chosen, setChosen] = useState<RetiredPart | null>(null);
  if (parts.error) return <QueryFailure query={parts} />;
  if (!parts.data || parts.data.length === 0) return null;
  return (
    <Card
      title="Retired"
      description="No longer in the model, but kept with its values: bring an attribute or resource back and its data is there again. Deleting is for good."
    >
      <ul className="flex flex-col divide-y">
        {parts.data.map((part) => (
          <li key={part.name} className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2 first:pt-0 last:pb-0">
            <code className="min-w-0 break-all font-mono text-sm">{part.name}</code>
            <Badge>{counted(part)}</Badge>
            <span className="text-muted text-xs">
              {part.release === null ? "Retired" : `Retired by release ${part.release}`}
              {part.retiredAt === null ? null : (
                <>
                  {" "}
                  <RelativeTime at={new Date(part.retiredAt)} />
                </>
              )}
            </span>
            <PermittedButton
              permission="release.destroy"
              className="ml-auto"
              size="sm"
              variant="ghost"
              icon={<Trash2 />}
              aria-label={`Delete ${part.name}`}
              onClick={() => setChosen(part)}
            >
              Delete
            </PermittedButton>
          </li>
        ))}
      </ul>
      <ContractDialog {...scope} part={chosen} onClose={() => setChosen(null)} />
    </Card>
  );
}
