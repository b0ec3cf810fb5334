import type { Metadata } from "next";
import { UsageScreen } from "#components/features/usage/UsageScreen.tsx";
import { Page } from "#components/ui/PageHeader.tsx";

export const metadata: Metadata = { title: "Usage" };

interface UsagePageProps {
  params: Promise<{ organisation: string }>;
}

export default async function UsagePage({ params }: UsagePageProps) {
  return (
    <Page>
      <UsageScreen {...(await params)} />
    </Page>
  );
}
