"use client";

import type { LucideIcon } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useEffect, useRef } from "react";
import { usePlace } from "#components/shell/usePlace.ts";
import { cn } from "#components/ui/cn.ts";

/** A part of a screen, with an address of its own. */
export interface Section {
  /** The last part of its path; empty for the first. */
  readonly path: string;
  readonly title: string;
  readonly icon: LucideIcon;
}

interface SectionTabsProps {
  /** Of the screen. */
  readonly title: string;
  /** Path of the screen: `/acme/crm/pilot`. */
  readonly root: string;
  readonly sections: readonly Section[];
}

/** The sections of a screen; scrolls sideways where they do not fit. Branch and environment stay while one goes between them. */
export function SectionTabs({ title, root, sections }: SectionTabsProps) {
  const nav = useRef<HTMLElement>(null);
  const pathname = usePathname();
  const { hrefTo } = usePlace();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another tab is to be seen when it is the current one
  useEffect(() => {
    nav.current?.querySelector('[aria-current="page"]')?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [pathname]);
  return (
    <nav
      ref={nav}
      aria-label={title}
      className="flex h-10 min-w-0 items-stretch gap-1 overflow-x-auto border-b bg-surface px-2"
    >
      {sections.map(({ path: part, title: name, icon: Icon }) => {
        const href = part === "" ? root : `${root}/${part}`;
        const current = pathname === href || (part !== "" && pathname.startsWith(`${href}/`));
        return (
          <Link
            key={part}
            href={hrefTo(href)}
            {...(current ? { "aria-current": "page" } : {})}
            className={cn(
              "flex shrink-0 items-center gap-1.5 border-transparent border-b-2 px-2 text-muted text-sm hover:text-ink focus-visible:-outline-offset-2",
              current && "border-accent font-medium text-ink",
            )}
          >
            <Icon className="size-3.5 text-faint max-sm:hidden" aria-hidden />
            {name}
          </Link>
        );
      })}
    </nav>
  );
}
