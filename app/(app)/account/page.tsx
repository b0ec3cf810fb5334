import type { Metadata } from "next";
import { TokenSettings } from "#components/features/tokens/TokenSettings.tsx";
import { Page, PageHeader } from "#components/ui/PageHeader.tsx";

export const metadata: Metadata = { title: "Account" };

export default function AccountPage() {
  return (
    <Page>
      <PageHeader title="Account" />
      <TokenSettings />
    </Page>
  );
}
