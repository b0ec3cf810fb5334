import type { Metadata } from "next";
import { OrganisationTokens } from "#components/features/tokens/OrganisationTokens.tsx";
import { Page } from "#components/ui/PageHeader.tsx";

export const metadata: Metadata = { title: "Tokens" };

export default async function OrganisationTokensPage({ params }: { params: Promise<{ organisation: string }> }) {
  return (
    <Page>
      <OrganisationTokens {...(await params)} />
    </Page>
  );
}
