import type { Metadata } from "next";
import { SettingsScreen } from "#components/features/settings/SettingsScreen.tsx";
import { Page } from "#components/ui/PageHeader.tsx";

export const metadata: Metadata = { title: "Settings" };

interface SettingsScreenProps {
  params: Promise<{ organisation: string; project: string }>;
}

export default async function SettingsPage({ params }: SettingsScreenProps) {
  return (
    <Page>
      <SettingsScreen {...(await params)} />
    </Page>
  );
}
