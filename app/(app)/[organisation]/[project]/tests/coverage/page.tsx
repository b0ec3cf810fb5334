import type { Metadata } from "next";
import { CoverageScreen } from "#components/features/tests/CoverageScreen.tsx";
import { Page } from "#components/ui/PageHeader.tsx";

export const metadata: Metadata = { title: "Coverage" };

interface CoveragePageProps {
  params: Promise<{ organisation: string; project: string }>;
}

export default async function CoveragePage({ params }: CoveragePageProps) {
  return (
    <Page>
      <CoverageScreen {...(await params)} />
    </Page>
  );
}
