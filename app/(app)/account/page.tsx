import type { Metadata } from "next";
import { AddressCard } from "#components/features/accounts/profile/AddressCard.tsx";
import { DeleteAccountCard } from "#components/features/accounts/profile/DeleteAccountCard.tsx";
import { NameCard } from "#components/features/accounts/profile/NameCard.tsx";
import { Page, PageHeader } from "#components/ui/PageHeader.tsx";
import { hasMailServer } from "#server/mail/hasMailServer.ts";

export const metadata: Metadata = { title: "Profile" };

export default function ProfilePage() {
  return (
    <Page>
      <PageHeader title="Profile" />
      <NameCard />
      <AddressCard hasMailServer={hasMailServer()} />
      <DeleteAccountCard />
    </Page>
  );
}
