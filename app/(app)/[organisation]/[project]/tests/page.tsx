import type { Metadata } from "next";
import { VettedScreen } from "#components/features/tests/VettedScreen.tsx";
import { Page } from "#components/ui/PageHeader.tsx";

export const metadata: Metadata = { title: "Tests" };

interface TestsPageProps {
  params: Promise<{ organisation: string; project: string }>;
}

export default async function TestsPage({ params }: TestsPageProps) {
  return (
    <Page>
      <VettedScreen {...(await params)} />
    </Page>
  );
}
