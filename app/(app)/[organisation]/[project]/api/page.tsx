import type { Metadata } from "next";
import { ApiScreen } from "#components/features/api/ApiScreen.tsx";
import { Page } from "#components/ui/PageHeader.tsx";

export const metadata: Metadata = { title: "API" };

interface ApiScreenProps {
  params: Promise<{ organisation: string; project: string }>;
}

export default async function ApiPage({ params }: ApiScreenProps) {
  return (
    <Page>
      <ApiScreen {...(await params)} />
    </Page>
  );
}
