import Link from "next/link";
import type { ReactNode } from "react";

interface AuthFrameProps {
  title: string;
  /** The other door: to sign up from sign-in and the reverse. */
  other: { text: string; link: string; path: string };
  /** Where to go afterwards; carried along to the other door. */
  next: string | undefined;
  children: ReactNode;
}

/** The frame of the forms with which one gets in. */
export function AuthFrame({ title, other, next, children }: AuthFrameProps) {
  const href = next === undefined ? other.path : `${other.path}?next=${encodeURIComponent(next)}`;
  return (
    <main className="mx-auto flex w-full max-w-sm flex-col gap-6 px-4 pt-[10vh] pb-12">
      <h1 className="text-center font-semibold text-2xl">{title}</h1>
      <div className="rounded-xl border bg-surface p-5 shadow-sm">{children}</div>
      <p className="text-center text-muted text-sm">
        {other.text}{" "}
        <Link href={href} className="font-medium text-accent-text underline-offset-4 hover:underline">
          {other.link}
        </Link>
      </p>
    </main>
  );
}
