import type { Metadata } from "next";
import { AlertsScreen } from "#components/features/pilot/alerts/AlertsScreen.tsx";
import { Page } from "#components/ui/PageHeader.tsx";

export const metadata: Metadata = { title: "Alerts" };

interface AlertsPageProps {
  params: Promise<{ organisation: string; project: string }>;
}

export default async function AlertsPage({ params }: AlertsPageProps) {
  return (
    <Page>
      <AlertsScreen {...(await params)} />
    </Page>
  );
}
