"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Ellipsis, ExternalLink, GitCompareArrows, PencilRuler, Rocket, Trash2 } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { toast } from "sonner";
import { DeploymentState } from "#components/features/ship/DeploymentState.tsx";
import { PermittedMenuItem } from "#components/shell/Permitted.tsx";
import { placeHref } from "#components/shell/place.ts";
import { usePlace } from "#components/shell/usePlace.ts";
import { apiError } from "#components/trpc/apiError.ts";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { Badge } from "#components/ui/Badge.tsx";
import { Button } from "#components/ui/Button.tsx";
import { DropdownMenu, MenuSeparator } from "#components/ui/DropdownMenu.tsx";
import { IconButton } from "#components/ui/IconButton.tsx";
import { RelativeTime } from "#components/ui/RelativeTime.tsx";
import type { ProjectScope } from "../ProjectScope.ts";
import type { Branch } from "./Branch.ts";
import { placeWords, standWords } from "./branchWords.ts";
import { compareHref } from "./compare/compareHref.ts";
import { DeleteBranchDialog } from "./DeleteBranchDialog.tsx";

interface BranchRowProps {
  scope: ProjectScope;
  branch: Branch;
}

export function BranchRow({ scope, branch }: BranchRowProps) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const place = usePlace();
  const [leaving, setLeaving] = useState(false);
  const deploy = useMutation(
    trpc.branches.deploy.mutationOptions({
      onSuccess: ({ environment, release }) => toast.success(`Release ${release} is on its way to ${environment}.`),
      onError: (error) => toast.error(apiError(error).message),
      onSettled: () => queries.invalidateQueries({ queryKey: trpc.branches.pathKey() }),
    }),
  );
  const { name, head, environment, note, rule } = branch;
  const [subject = ""] = head.message.split("\n");
  const stand = standWords(branch);
  const root = `/${scope.organisation}/${scope.project}`;
  const edit = placeHref(`${root}/model`, { branch: name, environment: environment?.name ?? "production" });
  return (
    <div className="flex flex-wrap items-start gap-x-4 gap-y-2 px-4 py-3">
      <div className="flex min-w-0 flex-1 basis-72 flex-col gap-0.5">
        <div className="flex flex-wrap items-center gap-2">
          <Link href={edit} className="min-w-0 break-all font-medium text-sm hover:underline">
            {name}
          </Link>
          {name === place.branch ? <Badge tone="accent">You are here</Badge> : null}
          {stand === null ? null : <span className="text-muted text-xs">{stand}</span>}
        </div>
        <p className="truncate text-faint text-xs">
          <code className="font-mono">{head.commit.slice(0, 8)}</code> {subject}
        </p>
        <p className="text-faint text-xs">
          {head.author}, <RelativeTime at={head.at} />
        </p>
      </div>
      <div className="flex min-w-0 flex-1 basis-56 flex-col items-start gap-1 text-xs">
        {environment ? (
          <div className="flex max-w-full flex-wrap items-center gap-2">
            <span className="font-medium">{environment.name}</span>
            {environment.isLeaving ? (
              <Badge tone="warning">Being removed</Badge>
            ) : environment.lastDeployment ? (
              <DeploymentState state={environment.lastDeployment.state} />
            ) : (
              <Badge>Nothing deployed</Badge>
            )}
            {environment.release === null ? null : (
              <a
                href={environment.url}
                target="_blank"
                rel="noreferrer"
                className="inline-flex min-w-0 items-center gap-1 text-accent-text hover:underline"
              >
                <span className="truncate">Open its API</span>
                <ExternalLink className="size-3 shrink-0" aria-hidden />
              </a>
            )}
          </div>
        ) : null}
        <p className="text-pretty text-muted">{note ?? placeWords(branch)}</p>
      </div>
      <div className="flex items-center gap-2 max-sm:w-full">
        <Button asChild size="sm" icon={<PencilRuler />}>
          <Link href={edit}>Open</Link>
        </Button>
        {name === "main" ? null : (
          <Button asChild size="sm" icon={<GitCompareArrows />}>
            <Link href={compareHref(root, { from: name, into: "main" })}>Compare</Link>
          </Button>
        )}
        <DropdownMenu
          align="end"
          trigger={
            <IconButton size="sm" label={`More about ${name}`}>
              <Ellipsis />
            </IconButton>
          }
        >
          <PermittedMenuItem
            permission="release.deploy"
            icon={<Rocket aria-hidden />}
            disabled={!rule || rule.deploys === "never" || deploy.isPending}
            onSelect={() => deploy.mutate({ ...scope, branch: name })}
          >
            Deploy it now
          </PermittedMenuItem>
          {name === "main" ? null : (
            <>
              <MenuSeparator />
              <PermittedMenuItem
                permission="model.write"
                danger
                icon={<Trash2 aria-hidden />}
                onSelect={() => setLeaving(true)}
              >
                Delete branch
              </PermittedMenuItem>
            </>
          )}
        </DropdownMenu>
      </div>
      <DeleteBranchDialog scope={scope} branch={branch} open={leaving} onOpenChange={setLeaving} />
    </div>
  );
}
