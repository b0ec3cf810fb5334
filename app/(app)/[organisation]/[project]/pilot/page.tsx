import type { Metadata } from "next";
import { OverviewScreen } from "#components/features/pilot/OverviewScreen.tsx";
import { Page } from "#components/ui/PageHeader.tsx";

export const metadata: Metadata = { title: "Pilot" };

interface PilotPageProps {
  params: Promise<{ organisation: string; project: string }>;
}

export default async function PilotPage({ params }: PilotPageProps) {
  return (
    <Page>
      <OverviewScreen {...(await params)} />
    </Page>
  );
}
