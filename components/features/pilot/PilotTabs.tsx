"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { useEffect, useRef } from "react";
import { usePlace } from "#components/shell/usePlace.ts";
import { cn } from "#components/ui/cn.ts";
import type { ProjectScope } from "../ProjectScope.ts";
import { pilotSections } from "./pilotSections.ts";

/** The sections of Pilot; scrolls sideways where they do not fit. The environment stays while one goes between them. */
export function PilotTabs({ organisation, project }: ProjectScope) {
  const nav = useRef<HTMLElement>(null);
  const pathname = usePathname();
  const { hrefTo } = usePlace();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another tab is to be seen when it is the current one
  useEffect(() => {
    nav.current?.querySelector('[aria-current="page"]')?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [pathname]);
  const root = `/${organisation}/${project}/pilot`;
  return (
    <nav
      ref={nav}
      aria-label="Pilot"
      className="flex h-10 min-w-0 items-stretch gap-1 overflow-x-auto border-b bg-surface px-2"
    >
      {pilotSections.map(({ path, title, icon: Icon }) => {
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
