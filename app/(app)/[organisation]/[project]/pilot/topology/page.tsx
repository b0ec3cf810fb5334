import type { Metadata } from "next";
import { TopologyScreen } from "#components/features/pilot/topology/TopologyScreen.tsx";
import { Page } from "#components/ui/PageHeader.tsx";

export const metadata: Metadata = { title: "Topology" };

interface TopologyPageProps {
  params: Promise<{ organisation: string; project: string }>;
}

export default async function TopologyPage({ params }: TopologyPageProps) {
  return (
    <Page>
      <TopologyScreen {...(await params)} />
    </Page>
  );
}
