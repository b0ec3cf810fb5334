import type { Metadata } from "next";
import { PilotScreen } from "#components/features/pilot/PilotScreen.tsx";
import { Page } from "#components/ui/PageHeader.tsx";

export const metadata: Metadata = { title: "Pilot" };

interface PilotScreenProps {
  params: Promise<{ organisation: string; project: string }>;
}

export default async function PilotPage({ params }: PilotScreenProps) {
  return (
    <Page>
      <PilotScreen {...(await params)} />
    </Page>
  );
}
