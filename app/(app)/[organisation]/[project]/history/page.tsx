import type { Metadata } from "next";
import { HistoryScreen } from "#components/features/history/HistoryScreen.tsx";
import { Page } from "#components/ui/PageHeader.tsx";

export const metadata: Metadata = { title: "History" };

interface HistoryPageProps {
  params: Promise<{ organisation: string; project: string }>;
}

export default async function HistoryPage({ params }: HistoryPageProps) {
  return (
    <Page>
      <HistoryScreen {...(await params)} />
    </Page>
  );
}
