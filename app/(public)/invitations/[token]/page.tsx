import type { Metadata } from "next";
import { InvitationScreen } from "#components/features/organisations/InvitationScreen.tsx";

/** The address opens something, so nobody else is told where one came from. */
export const metadata: Metadata = { title: "Invitation", referrer: "no-referrer", robots: { index: false } };

export default async function InvitationPage({ params }: { params: Promise<{ token: string }> }) {
  return (
    <main className="mx-auto flex w-full max-w-md flex-col gap-6 px-4 pt-[10vh] pb-12">
      <h1 className="text-center font-semibold text-2xl">Invitation</h1>
      <div className="rounded-xl border bg-surface p-5 shadow-sm">
        <InvitationScreen {...(await params)} />
      </div>
    </main>
  );
}
