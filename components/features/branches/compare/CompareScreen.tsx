"use client";

import { useQuery } from "@tanstack/react-query";
import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { usePlace } from "#components/shell/usePlace.ts";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { Field } from "#components/ui/Field.tsx";
import { PageHeader } from "#components/ui/PageHeader.tsx";
import { Select } from "#components/ui/Select.tsx";
import type { ProjectScope } from "../../ProjectScope.ts";
import { BranchComparison } from "./BranchComparison.tsx";

/** Two branches beside each other, and the way to bring one into the other. */
export function CompareScreen(scope: ProjectScope) {
  const trpc = useTRPC();
  const router = useRouter();
  const pathname = usePathname();
  const params = useSearchParams();
  const { branch } = usePlace();
  const [from, into] = [params.get("from") || branch, params.get("into") || "main"];
  const { data: branches = [] } = useQuery(trpc.branches.list.queryOptions(scope));
  const options = (current: string) => {
    const names = branches.map(({ name }) => name);
    return (names.includes(current) ? names : [current, ...names]).map((name) => ({ value: name, label: name }));
  };
  const show = (pair: { readonly from?: string; readonly into?: string }) => {
    const query = new URLSearchParams(params.toString());
    for (const [key, value] of Object.entries({ from, into, ...pair })) query.set(key, value);
    router.replace(`${pathname}?${query}`);
  };
  return (
    <>
      <PageHeader
        title="Compare branches"
        description="What one branch did since the two went apart, what it means for those who use the app, and what both changed."
      />
      <div className="flex flex-wrap gap-4">
        <Field label="Bring" className="min-w-0 flex-1 basis-48">
          <Select value={from} options={options(from)} onValueChange={(name) => show({ from: name })} />
        </Field>
        <Field label="Into" className="min-w-0 flex-1 basis-48">
          <Select value={into} options={options(into)} onValueChange={(name) => show({ into: name })} />
        </Field>
      </div>
      {from === into ? (
        <p className="text-muted text-sm">Choose two different branches.</p>
      ) : (
        <BranchComparison key={JSON.stringify([from, into])} scope={scope} names={{ from, into }} />
      )}
    </>
  );
}
