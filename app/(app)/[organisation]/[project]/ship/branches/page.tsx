import type { Metadata } from "next";
import { BranchesScreen } from "#components/features/branches/BranchesScreen.tsx";
import { Page } from "#components/ui/PageHeader.tsx";

export const metadata: Metadata = { title: "Branches" };

interface BranchesPageProps {
  params: Promise<{ organisation: string; project: string }>;
}

export default async function BranchesPage({ params }: BranchesPageProps) {
  return (
    <Page>
      <BranchesScreen {...(await params)} />
    </Page>
  );
}
