import type { Metadata } from "next";
import { SessionsCard } from "#components/features/sessions/SessionsCard.tsx";
import { Page, PageHeader } from "#components/ui/PageHeader.tsx";

export const metadata: Metadata = { title: "Sessions" };

export default function SessionsPage() {
  return (
    <Page>
      <PageHeader title="Sessions" description="The browsers that you are signed in with." />
      <SessionsCard />
    </Page>
  );
}
