"use client";

import { LayoutGrid, Settings } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { cn } from "#components/ui/cn.ts";

/** The screens of an organisation as a row of tabs. */
export function OrganisationNav({ organisation }: { organisation: string }) {
  const pathname = usePathname();
  const root = `/${organisation}`;
  const inSettings = pathname.startsWith(`${root}/settings`);
  const screens = [
    { href: root, title: "Projects", icon: LayoutGrid, current: !inSettings },
    { href: `${root}/settings`, title: "Settings", icon: Settings, current: inSettings },
  ];
  return (
    <nav aria-label="Organisation" className="flex h-9 items-stretch gap-1 px-2">
      {screens.map(({ href, title, icon: Icon, current }) => (
        <Link
          key={href}
          href={href}
          {...(current ? { "aria-current": "page" } : {})}
          className={cn(
            "-mb-px flex items-center gap-1.5 border-transparent border-b-2 px-2 text-muted text-sm hover:text-ink focus-visible:-outline-offset-2",
            current && "border-accent font-medium text-ink",
          )}
        >
          <Icon className="size-3.5 text-faint" aria-hidden />
          {title}
        </Link>
      ))}
    </nav>
  );
}
