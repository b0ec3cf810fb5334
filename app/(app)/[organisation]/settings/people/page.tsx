import type { Metadata } from "next";
import { PeopleScreen } from "#components/features/organisations/PeopleScreen.tsx";
import { Page } from "#components/ui/PageHeader.tsx";

export const metadata: Metadata = { title: "People" };

export default async function PeoplePage({ params }: { params: Promise<{ organisation: string }> }) {
  return (
    <Page>
      <PeopleScreen {...(await params)} />
    </Page>
  );
}
