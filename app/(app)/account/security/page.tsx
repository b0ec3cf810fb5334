import type { Metadata } from "next";
import { SecurityScreen } from "#components/features/accounts/security/SecurityScreen.tsx";
import { Page, PageHeader } from "#components/ui/PageHeader.tsx";

export const metadata: Metadata = { title: "Security" };

export default async function SecurityPage({ searchParams }: { searchParams: Promise<{ link?: string }> }) {
  const { link } = await searchParams;
  return (
    <Page>
      <PageHeader title="Security" description="How you sign in, and what keeps others from it." />
      <SecurityScreen link={link} />
    </Page>
  );
}
