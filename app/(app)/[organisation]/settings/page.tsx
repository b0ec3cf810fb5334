import type { Metadata } from "next";
import { GeneralScreen } from "#components/features/organisations/GeneralScreen.tsx";
import { Page } from "#components/ui/PageHeader.tsx";

export const metadata: Metadata = { title: "Organisation settings" };

export default async function GeneralPage({ params }: { params: Promise<{ organisation: string }> }) {
  return (
    <Page>
      <GeneralScreen {...(await params)} />
    </Page>
  );
}
