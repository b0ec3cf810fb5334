"use client";

import { useQuery } from "@tanstack/react-query";
import { GitBranch, Plus } from "lucide-react";
import { useState } from "react";
import { LimitNotice } from "#components/features/plans/LimitNotice.tsx";
import { PermittedButton } from "#components/shell/Permitted.tsx";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { Button } from "#components/ui/Button.tsx";
import { EmptyState } from "#components/ui/EmptyState.tsx";
import { Field } from "#components/ui/Field.tsx";
import { Input } from "#components/ui/Input.tsx";
import { PageHeader } from "#components/ui/PageHeader.tsx";
import { Skeleton } from "#components/ui/Skeleton.tsx";
import type { ProjectScope } from "../ProjectScope.ts";
import { QueryFailure } from "../QueryFailure.tsx";
import { BranchRow } from "./BranchRow.tsx";
import { NewBranchDialog } from "./NewBranchDialog.tsx";
import { RulesCard } from "./rules/RulesCard.tsx";

/** Milliseconds; while something is deployed one watches it. */
const lookEvery = 5000;
/** So many are shown at first, and found by a search beyond. */
const page = 50;

/** The branches of the app's repository, where each is deployed, and the rules that say so. */
export function BranchesScreen(scope: ProjectScope) {
  const trpc = useTRPC();
  const [naming, setNaming] = useState(false);
  const [search, setSearch] = useState("");
  const [shown, setShown] = useState(page);
  const branches = useQuery(trpc.branches.list.queryOptions(scope, { refetchInterval: lookEvery }));
  const all = branches.data ?? [];
  const found = all.filter(({ name }) => name.toLowerCase().includes(search.trim().toLowerCase()));
  return (
    <>
      <PageHeader
        title="Branches"
        description="Each branch is a version of the app to work on. Rules say which environment it is deployed to; a preview goes away with its branch."
        actions={
          <PermittedButton permission="model.write" variant="primary" icon={<Plus />} onClick={() => setNaming(true)}>
            New branch
          </PermittedButton>
        }
      />
      <LimitNotice {...scope} limit="previews" />
      {branches.error ? <QueryFailure query={branches} /> : null}
      {branches.isPending ? <Skeleton className="h-48" /> : null}
      {all.length > 8 ? (
        <Field label="Find a branch" hideLabel>
          <Input placeholder="Find a branch" value={search} onChange={(event) => setSearch(event.target.value)} />
        </Field>
      ) : null}
      {found.length > 0 ? (
        <ul aria-label="Branches" className="flex flex-col divide-y rounded-lg border bg-surface shadow-xs">
          {found.slice(0, shown).map((branch) => (
            <li key={branch.name}>
              <BranchRow scope={scope} branch={branch} />
            </li>
          ))}
        </ul>
      ) : null}
      {found.length > shown ? (
        <Button className="self-center" onClick={() => setShown(shown + page)}>
          Show more of {found.length}
        </Button>
      ) : null}
      {all.length > 0 && found.length === 0 ? <p className="text-muted text-sm">No branch is called so.</p> : null}
      {all.length === 1 && search === "" ? (
        <EmptyState
          className="py-6"
          icon={<GitBranch />}
          title="Only main so far"
          description="Make a branch, such as `invoices`, to change the app beside what is live: it gets a preview with a database of its own, and comes back by a merge."
          action={
            <Button icon={<Plus />} onClick={() => setNaming(true)}>
              New branch
            </Button>
          }
        />
      ) : null}
      <RulesCard {...scope} branches={all.map(({ name }) => name)} />
      <NewBranchDialog scope={scope} open={naming} onOpenChange={setNaming} />
    </>
  );
}
