"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Send, Trash2 } from "lucide-react";
import { useState } from "react";
import { toast } from "sonner";
import { PermittedButton, PermittedIconButton } from "#components/shell/Permitted.tsx";
import { apiError } from "#components/trpc/apiError.ts";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { Badge } from "#components/ui/Badge.tsx";
import { ConfirmDialog } from "#components/ui/ConfirmDialog.tsx";
import { RelativeTime } from "#components/ui/RelativeTime.tsx";
import type { ProjectScope } from "../../ProjectScope.ts";
import { type Rule, ruleText } from "./alertTexts.ts";

interface RuleTableProps {
  scope: ProjectScope & { environment: string };
  rules: readonly Rule[];
}

/** The rules, with whether each holds now. */
export function RuleTable({ scope, rules }: RuleTableProps) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [removed, setRemoved] = useState<Rule | null>(null);
  const remove = useMutation(
    trpc.telemetry.alerts.remove.mutationOptions({
      onSuccess: async () => {
        await queries.invalidateQueries(trpc.telemetry.alerts.list.pathFilter());
        setRemoved(null);
      },
      onError: (error) => toast.error(apiError(error).message),
    }),
  );
  return (
    <>
      <ul aria-label="Rules" className="divide-y overflow-hidden rounded-lg border bg-surface">
        {rules.map((rule) => (
          <RuleRow key={rule.id} scope={scope} rule={rule} onRemove={() => setRemoved(rule)} />
        ))}
      </ul>
      <ConfirmDialog
        open={removed !== null}
        onOpenChange={(open) => (open ? null : setRemoved(null))}
        title={`Delete ${removed?.name ?? ""}`}
        description="Nobody is told any more, and the rule's history goes with it."
        action="Delete rule"
        pending={remove.isPending}
        onConfirm={() => (removed ? remove.mutate({ ...scope, id: removed.id }) : null)}
      />
    </>
  );
}

function RuleRow({ scope, rule, onRemove }: { scope: RuleTableProps["scope"]; rule: Rule; onRemove: () => void }) {
  const trpc = useTRPC();
  const test = useMutation(
    trpc.telemetry.alerts.test.mutationOptions({
      onSuccess: () => toast.success(`A test went to ${rule.target}.`),
      onError: (error) => toast.error(apiError(error).message),
    }),
  );
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
      <div className="min-w-0 flex-1 basis-60">
        <p className="flex flex-wrap items-center gap-2 font-medium text-sm">
          <span className="min-w-0 break-words">{rule.name}</span>
          {rule.open ? (
            <Badge tone="danger" dot>
              since <RelativeTime at={rule.open.startedAt} />
            </Badge>
          ) : (
            <Badge tone="success" dot>
              quiet
            </Badge>
          )}
        </p>
        <p className="mt-0.5 break-words text-muted text-xs">
          {rule.name === ruleText(rule) ? "" : `${ruleText(rule)}. `}
          {rule.channel === "mail" ? "Mail to " : "Webhook to "}
          <span className="break-all">{rule.target}</span>
        </p>
      </div>
      <div className="flex items-center gap-1">
        <PermittedButton
          permission="settings.write"
          size="sm"
          icon={<Send />}
          pending={test.isPending}
          onClick={() => test.mutate({ ...scope, id: rule.id })}
        >
          Test
        </PermittedButton>
        <PermittedIconButton
          permission="settings.write"
          size="sm"
          variant="danger"
          label={`Delete ${rule.name}`}
          onClick={onRemove}
        >
          <Trash2 />
        </PermittedIconButton>
      </div>
    </li>
  );
}
