import type { Metadata } from "next";
import { CompareScreen } from "#components/features/branches/compare/CompareScreen.tsx";
import { Page } from "#components/ui/PageHeader.tsx";

export const metadata: Metadata = { title: "Compare branches" };

interface ComparePageProps {
  params: Promise<{ organisation: string; project: string }>;
}

export default async function ComparePage({ params }: ComparePageProps) {
  return (
    <Page>
      <CompareScreen {...(await params)} />
    </Page>
  );
}
