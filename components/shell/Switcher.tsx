"use client";

import { ChevronsUpDown } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { DropdownMenu, MenuItem, MenuLabel, MenuSeparator } from "#components/ui/DropdownMenu.tsx";

export interface SwitcherEntry {
  readonly href: string;
  readonly name: string;
  readonly current: boolean;
}

interface SwitcherProps {
  /** The noun: "Organisation". */
  noun: string;
  /** What is current. */
  name: string;
  icon?: ReactNode;
  entries: readonly SwitcherEntry[];
  /** Below the entries. */
  children?: ReactNode;
}

/** One segment of the header's path: says where one is and leads to the others. */
export function Switcher({ noun, name, icon, entries, children }: SwitcherProps) {
  return (
    <DropdownMenu
      trigger={
        <button
          type="button"
          aria-label={`${noun} ${name}, switch`}
          className="flex h-7 min-w-0 items-center gap-1.5 rounded-md px-1.5 font-medium text-sm hover:bg-hover data-[state=open]:bg-hover"
        >
          {icon}
          <span className="max-w-20 truncate sm:max-w-44">{name}</span>
          <ChevronsUpDown className="size-3 shrink-0 text-faint" aria-hidden />
        </button>
      }
    >
      <MenuLabel>{noun}</MenuLabel>
      {entries.map((entry) => (
        <MenuItem key={entry.href} asChild>
          <Link href={entry.href} {...(entry.current ? { "aria-current": "true" } : {})}>
            <span className="min-w-0 flex-1 truncate">{entry.name}</span>
            {entry.current ? <span className="size-1.5 rounded-full bg-accent" aria-hidden /> : null}
          </Link>
        </MenuItem>
      ))}
      {children ? <MenuSeparator /> : null}
      {children}
    </DropdownMenu>
  );
}
