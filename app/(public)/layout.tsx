import Link from "next/link";
import type { ReactNode } from "react";
import { Logo } from "#components/shell/Logo.tsx";
import { ThemeToggle } from "#components/ui/ThemeToggle.tsx";

/** Screens for people who are not signed in. */
export default function PublicLayout({ children }: { children: ReactNode }) {
  return (
    <div className="flex min-h-dvh flex-col">
      <header className="mx-auto flex h-14 w-full max-w-6xl items-center justify-between px-4 sm:px-6">
        <Link href="/" className="flex items-center gap-2 rounded-md font-semibold text-base" aria-label="Gantry, home">
          <Logo className="size-6" />
          Gantry
        </Link>
        <ThemeToggle />
      </header>
      {children}
    </div>
  );
}
