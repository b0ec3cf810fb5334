import type { Metadata } from "next";
import { LogsScreen } from "#components/features/pilot/logs/LogsScreen.tsx";
import { Page } from "#components/ui/PageHeader.tsx";

export const metadata: Metadata = { title: "Logs" };

interface LogsPageProps {
  params: Promise<{ organisation: string; project: string }>;
}

export default async function LogsPage({ params }: LogsPageProps) {
  return (
    <Page>
      <LogsScreen {...(await params)} />
    </Page>
  );
}
