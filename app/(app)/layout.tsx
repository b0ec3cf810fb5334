import { headers } from "next/headers";
import { redirect } from "next/navigation";
import type { ReactNode } from "react";
import { PastDueBanner } from "#components/features/billing/PastDueBanner.tsx";
import { AppHeader } from "#components/shell/AppHeader.tsx";
import { currentUser } from "#server/auth/session.ts";

/** Every screen behind a session. */
export default async function AppLayout({ children }: { children: ReactNode }) {
  const user = await currentUser();
  if (!user) {
    const page = (await headers()).get("x-gantry-page") ?? "/";
    redirect(`/sign-in?next=${encodeURIComponent(page)}`);
  }
  return (
    <div className="flex min-h-dvh flex-col">
      <AppHeader user={{ name: user.name, email: user.email }} />
      <PastDueBanner />
      {children}
    </div>
  );
}
