"use client";

import { Menu } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useState } from "react";
import { NewBranchDialog } from "#components/features/branches/NewBranchDialog.tsx";
import { DropdownMenu, MenuItem, MenuSeparator } from "#components/ui/DropdownMenu.tsx";
import { BranchItems } from "./BranchItems.tsx";
import { EnvironmentItems } from "./EnvironmentItems.tsx";
import { projectScreens } from "./projectScreens.ts";
import { usePlace } from "./usePlace.ts";

interface ProjectMenuProps {
  organisation: string;
  project: string;
}

/** The navigation of a project on small screens. */
export function ProjectMenu({ organisation, project }: ProjectMenuProps) {
  const pathname = usePathname();
  const { hrefTo } = usePlace();
  const [naming, setNaming] = useState(false);
  const scope = { organisation, project };
  return (
    <>
      <DropdownMenu
        align="end"
        trigger={
          <button
            type="button"
            aria-label="Project screens"
            className="flex size-8 items-center justify-center rounded-md text-muted hover:bg-hover md:hidden"
          >
            <Menu className="size-4" aria-hidden />
          </button>
        }
      >
        {projectScreens.map(({ path, title, icon: Icon }) => {
          const href = `/${organisation}/${project}/${path}`;
          return (
            <MenuItem key={path} asChild className="min-h-9">
              <Link href={hrefTo(href)} {...(pathname.startsWith(href) ? { "aria-current": "page" } : {})}>
                <Icon aria-hidden />
                <span className="flex-1">{title}</span>
                {pathname.startsWith(href) ? <span className="size-1.5 rounded-full bg-accent" aria-hidden /> : null}
              </Link>
            </MenuItem>
          );
        })}
        <MenuSeparator />
        <BranchItems {...scope} onCreate={() => setNaming(true)} />
        <MenuSeparator />
        <EnvironmentItems {...scope} />
      </DropdownMenu>
      <NewBranchDialog scope={scope} open={naming} onOpenChange={setNaming} />
    </>
  );
}
