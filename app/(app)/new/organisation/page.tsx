import type { Metadata } from "next";
import { NewOrganisation } from "#components/features/organisations/NewOrganisation.tsx";
import { Page } from "#components/ui/PageHeader.tsx";

export const metadata: Metadata = { title: "New organisation" };

export default function NewOrganisationPage() {
  return (
    <Page>
      <NewOrganisation />
    </Page>
  );
}
