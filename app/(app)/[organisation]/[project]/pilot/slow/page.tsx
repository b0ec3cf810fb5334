import type { Metadata } from "next";
import { SlowScreen } from "#components/features/pilot/SlowScreen.tsx";
import { Page } from "#components/ui/PageHeader.tsx";

export const metadata: Metadata = { title: "Slow statements" };

interface SlowPageProps {
  params: Promise<{ organisation: string; project: string }>;
}

export default async function SlowPage({ params }: SlowPageProps) {
  return (
    <Page>
      <SlowScreen {...(await params)} />
    </Page>
  );
}
