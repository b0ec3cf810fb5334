"use client";

import { ChevronRight } from "lucide-react";
import { Collapsible } from "radix-ui";
import { RelativeTime } from "#components/ui/RelativeTime.tsx";
import { CommitChanges } from "./CommitChanges.tsx";

interface CommitRowProps {
  organisation: string;
  project: string;
  commit: { readonly commit: string; readonly author: string; readonly at: string; readonly message: string };
}

/** One commit; its changes are read when it is opened. */
export function CommitRow({ organisation, project, commit }: CommitRowProps) {
  const [subject = "", ...body] = commit.message.split("\n");
  return (
    <Collapsible.Root>
      <Collapsible.Trigger className="group flex w-full items-start gap-2 px-3 py-3 text-left hover:bg-hover/60 focus-visible:-outline-offset-2">
        <ChevronRight
          className="mt-0.5 size-4 shrink-0 text-faint transition-transform group-data-[state=open]:rotate-90"
          aria-hidden
        />
        <span className="flex min-w-0 flex-1 flex-col gap-0.5">
          <span className="break-words font-medium text-sm">{subject}</span>
          <span className="text-faint text-xs">
            {commit.author}, <RelativeTime at={commit.at} />
          </span>
        </span>
        <code className="shrink-0 font-mono text-faint text-xs">{commit.commit.slice(0, 8)}</code>
      </Collapsible.Trigger>
      <Collapsible.Content>
        <div className="flex flex-col gap-3 px-3 pb-4 pl-9">
          {body.join("\n").trim() === "" ? null : (
            <p className="whitespace-pre-wrap text-muted text-sm">{body.join("\n").trim()}</p>
          )}
          <CommitChanges organisation={organisation} project={project} commit={commit.commit} />
        </div>
      </Collapsible.Content>
    </Collapsible.Root>
  );
}
