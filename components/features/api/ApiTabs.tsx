"use client";

import Link from "next/link";
import { useEffect, useRef } from "react";
import type { ApiSection } from "#components/builder/api/ApiSection.ts";
import { usePlace } from "#components/shell/usePlace.ts";
import { cn } from "#components/ui/cn.ts";
import type { ProjectScope } from "../ProjectScope.ts";
import { apiScreens } from "./apiScreens.ts";
import { sectionHref } from "./sectionHref.ts";

interface ApiTabsProps {
  scope: ProjectScope;
  current: ApiSection;
}

/** The sections of the API studio; scrolls sideways where they do not fit. */
export function ApiTabs({ scope, current }: ApiTabsProps) {
  const nav = useRef<HTMLElement>(null);
  const { hrefTo } = usePlace();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another tab is to be seen when it is the current one
  useEffect(() => {
    nav.current?.querySelector('[aria-current="page"]')?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [current]);
  return (
    <nav ref={nav} aria-label="API" className="flex h-10 min-w-0 items-stretch gap-1 overflow-x-auto max-lg:w-full">
      {apiScreens.map(({ id, title, icon: Icon }) => (
        <Link
          key={id}
          href={hrefTo(sectionHref(scope, id))}
          {...(id === current ? { "aria-current": "page" } : {})}
          className={cn(
            "flex shrink-0 items-center gap-1.5 border-transparent border-b-2 px-2 text-muted text-sm hover:text-ink focus-visible:-outline-offset-2",
            id === current && "border-accent font-medium text-ink",
          )}
        >
          <Icon className="size-3.5 text-faint max-sm:hidden" aria-hidden />
          {title}
        </Link>
      ))}
    </nav>
  );
}
