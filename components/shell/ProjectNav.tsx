"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { cn } from "#components/ui/cn.ts";
import { projectScreens } from "./projectScreens.ts";
import { usePlace } from "./usePlace.ts";

interface ProjectNavProps {
  organisation: string;
  project: string;
}

/** The screens of a project as a row of tabs; small screens have `ProjectMenu`. */
export function ProjectNav({ organisation, project }: ProjectNavProps) {
  const pathname = usePathname();
  const { hrefTo } = usePlace();
  return (
    <nav aria-label="Project" className="hidden h-9 items-stretch gap-1 px-2 md:flex">
      {projectScreens.map(({ path, title, icon: Icon }) => {
        const href = `/${organisation}/${project}/${path}`;
        const current = pathname === href || pathname.startsWith(`${href}/`);
        return (
          <Link
            key={path}
            href={hrefTo(href)}
            {...(current ? { "aria-current": "page" } : {})}
            className={cn(
              "-mb-px flex items-center gap-1.5 border-transparent border-b-2 px-2 text-muted text-sm hover:text-ink focus-visible:-outline-offset-2",
              current && "border-accent font-medium text-ink",
            )}
          >
            <Icon className="size-3.5 text-faint" aria-hidden />
            {title}
          </Link>
        );
      })}
    </nav>
  );
}
