import type { Metadata } from "next";
import { BackupsScreen } from "#components/features/backups/BackupsScreen.tsx";
import { Page } from "#components/ui/PageHeader.tsx";

export const metadata: Metadata = { title: "Backups" };

interface BackupsPageProps {
  params: Promise<{ organisation: string; project: string }>;
}

export default async function BackupsPage({ params }: BackupsPageProps) {
  return (
    <Page>
      <BackupsScreen {...(await params)} />
    </Page>
  );
}
