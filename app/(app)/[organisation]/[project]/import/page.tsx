import type { Metadata } from "next";
import { ImportScreen } from "#components/features/imports/ImportScreen.tsx";
import { Page } from "#components/ui/PageHeader.tsx";

export const metadata: Metadata = { title: "Import" };

interface ImportPageProps {
  params: Promise<{ organisation: string; project: string }>;
}

export default async function ImportPage({ params }: ImportPageProps) {
  return (
    <Page>
      <ImportScreen {...(await params)} />
    </Page>
  );
}
