import type { Metadata } from "next";
import { CliCard } from "#components/features/cli/CliCard.tsx";
import { TokenSettings } from "#components/features/tokens/TokenSettings.tsx";
import { Page, PageHeader } from "#components/ui/PageHeader.tsx";
import { env } from "#server/env.ts";

export const metadata: Metadata = { title: "Tokens" };

export default function TokensPage() {
  return (
    <Page>
      <PageHeader title="Tokens" />
      <TokenSettings />
      <CliCard url={env().NEXTAUTH_URL.replace(/\/+$/, "")} />
    </Page>
  );
}
