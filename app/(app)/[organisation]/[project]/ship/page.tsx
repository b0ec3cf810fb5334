import type { Metadata } from "next";
import { ShipScreen } from "#components/features/ship/ShipScreen.tsx";
import { Page } from "#components/ui/PageHeader.tsx";

export const metadata: Metadata = { title: "Ship" };

interface ShipScreenProps {
  params: Promise<{ organisation: string; project: string }>;
}

export default async function ShipPage({ params }: ShipScreenProps) {
  return (
    <Page>
      <ShipScreen {...(await params)} />
    </Page>
  );
}
