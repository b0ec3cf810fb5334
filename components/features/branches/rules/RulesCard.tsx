"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useState } from "react";
import { toast } from "sonner";
import { QueryFailure } from "#components/features/QueryFailure.tsx";
import { PermittedButton } from "#components/shell/Permitted.tsx";
import { apiError } from "#components/trpc/apiError.ts";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { Banner } from "#components/ui/Banner.tsx";
import { Card } from "#components/ui/Card.tsx";
import { Skeleton } from "#components/ui/Skeleton.tsx";
import type { ProjectScope } from "../../ProjectScope.ts";
import type { ShownRule } from "../Branch.ts";
import { RuleDialog } from "./RuleDialog.tsx";
import { RuleTable } from "./RuleTable.tsx";
import { RuleTryOut } from "./RuleTryOut.tsx";

interface RulesCardProps extends ProjectScope {
  branches: readonly string[];
}

/** A rule that is being made or changed, and where it would stand. */
interface Editing {
  readonly index: number;
  readonly rule: ShownRule | null;
}

/** Which branches are deployed where: the first rule that fits a branch is followed. */
export function RulesCard({ branches, ...scope }: RulesCardProps) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [editing, setEditing] = useState<Editing | null>(null);
  const rules = useQuery(trpc.branches.rules.list.queryOptions(scope));
  const save = useMutation(
    trpc.branches.rules.save.mutationOptions({
      onSuccess(saved) {
        queries.setQueryData(trpc.branches.rules.list.queryKey(scope), saved);
        setEditing(null);
      },
      onSettled: () => queries.invalidateQueries({ queryKey: trpc.branches.pathKey() }),
    }),
  );
  if (rules.error) return <QueryFailure query={rules} />;
  if (!rules.data) return <Skeleton className="h-48" />;
  const { rules: list, revision, isDefault } = rules.data;
  const saveAll = (next: readonly ShownRule[]) =>
    save.mutate({ ...scope, revision, rules: next.map((rule) => ({ ...rule })) });
  const begin = (next: Editing | null) => {
    save.reset();
    setEditing(next);
  };
  const error = save.error ? apiError(save.error) : null;
  return (
    <Card
      title="Rules"
      description="Of a branch, the first rule that fits is followed. A star stands for any characters."
      actions={
        <PermittedButton
          permission="environments.manage"
          size="sm"
          icon={<Plus />}
          onClick={() => begin({ index: firstPlace(list), rule: null })}
        >
          Add rule
        </PermittedButton>
      }
    >
      <div className="flex flex-col gap-4">
        {error && !editing ? (
          <Banner tone="danger">{[error.message, error.fields[0]?.message].join(" ")}</Banner>
        ) : null}
        <RuleTable
          rules={list}
          pending={save.isPending}
          onMove={(from, to) => saveAll(moved(list, from, to))}
          onEdit={(index) => begin({ index, rule: list[index] ?? null })}
          onRemove={(index) => saveAll(list.filter((_, at) => at !== index))}
        />
        {isDefault ? (
          <p className="text-faint text-xs">These are the rules that every project begins with.</p>
        ) : (
          <PermittedButton
            permission="environments.manage"
            size="sm"
            variant="ghost"
            className="self-start"
            pending={save.isPending}
            onClick={() =>
              save.mutate(
                { ...scope, revision, rules: [] },
                { onSuccess: () => toast.success("The first rules are back.") },
              )
            }
          >
            Bring back the first rules
          </PermittedButton>
        )}
        <RuleTryOut rules={list} branches={branches} />
      </div>
      {editing ? (
        <RuleDialog
          scope={scope}
          rule={editing.rule}
          index={editing.index}
          error={error}
          pending={save.isPending}
          onClose={() => begin(null)}
          onSave={(rule) => {
            const kept = editing.rule ? list.filter((_, at) => at !== editing.index) : list;
            saveAll(kept.toSpliced(editing.index, 0, rule));
          }}
        />
      ) : null}
    </Card>
  );
}

/** A new rule stands before the one for all others, where it is reached. */
function firstPlace(rules: readonly ShownRule[]): number {
  const index = rules.findIndex(({ pattern }) => pattern === "*");
  return index === -1 ? rules.length : index;
}

function moved(rules: readonly ShownRule[], from: number, to: number): readonly ShownRule[] {
  const rule = rules[from];
  return rule ? rules.toSpliced(from, 1).toSpliced(to, 0, rule) : rules;
}
