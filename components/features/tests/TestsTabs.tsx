"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { usePlace } from "#components/shell/usePlace.ts";
import { cn } from "#components/ui/cn.ts";
import type { ProjectScope } from "../ProjectScope.ts";
import { testsSections } from "./testsSections.ts";

/** The sections of Tests. The branch stays while one goes between them. */
export function TestsTabs({ organisation, project }: ProjectScope) {
  const pathname = usePathname();
  const { hrefTo } = usePlace();
  const root = `/${organisation}/${project}/tests`;
  return (
    <nav aria-label="Tests" className="flex h-10 min-w-0 items-stretch gap-1 overflow-x-auto border-b bg-surface px-2">
      {testsSections.map(({ path, title, icon: Icon }) => {
        const href = path === "" ? root : `${root}/${path}`;
        const current = pathname === href;
        return (
          <Link
            key={path}
            href={hrefTo(href)}
            {...(current ? { "aria-current": "page" } : {})}
            className={cn(
              "flex shrink-0 items-center gap-1.5 border-transparent border-b-2 px-2 text-muted text-sm hover:text-ink focus-visible:-outline-offset-2",
              current && "border-accent font-medium text-ink",
            )}
          >
            <Icon className="size-3.5 text-faint max-sm:hidden" aria-hidden />
            {title}
          </Link>
        );
      })}
    </nav>
  );
}
