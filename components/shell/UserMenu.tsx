"use client";

import { LogOut, UserCog } from "lucide-react";
import Link from "next/link";
import { signOut } from "next-auth/react";
import { DropdownMenu, MenuItem, MenuSeparator } from "#components/ui/DropdownMenu.tsx";
import { ThemeToggle } from "#components/ui/ThemeToggle.tsx";

export interface ShellUser {
  readonly name: string;
  readonly email: string;
}

export function UserMenu({ user }: { user: ShellUser }) {
  return (
    <DropdownMenu
      align="end"
      className="w-60"
      trigger={
        <button
          type="button"
          aria-label={`Account of ${user.name}`}
          className="flex size-7 items-center justify-center rounded-full border bg-active font-medium text-2xs text-ink uppercase hover:border-line-strong"
        >
          {initials(user.name)}
        </button>
      }
    >
      <div className="px-2 py-1.5">
        <p className="truncate font-medium text-sm">{user.name}</p>
        <p className="truncate text-faint text-xs">{user.email}</p>
      </div>
      <MenuSeparator />
      <div className="flex items-center justify-between px-2 py-1 text-sm">
        Theme
        <ThemeToggle />
      </div>
      <MenuSeparator />
      <MenuItem asChild>
        <Link href="/account">
          <UserCog aria-hidden />
          Account settings
        </Link>
      </MenuItem>
      <MenuItem icon={<LogOut />} onSelect={() => signOut({ callbackUrl: "/" })}>
        Sign out
      </MenuItem>
    </DropdownMenu>
  );
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const first = words.at(0) ?? "";
  const last = words.length > 1 ? (words.at(-1) ?? "") : "";
  return ([...first][0] ?? "?") + ([...last][0] ?? "");
}
