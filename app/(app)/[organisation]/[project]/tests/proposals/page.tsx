import type { Metadata } from "next";
import { ProposalsScreen } from "#components/features/tests/ProposalsScreen.tsx";
import { Page } from "#components/ui/PageHeader.tsx";

export const metadata: Metadata = { title: "Proposed tests" };

interface ProposalsPageProps {
  params: Promise<{ organisation: string; project: string }>;
}

export default async function ProposalsPage({ params }: ProposalsPageProps) {
  return (
    <Page>
      <ProposalsScreen {...(await params)} />
    </Page>
  );
}
