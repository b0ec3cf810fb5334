import type { Metadata } from "next";
import { DeviceScreen } from "#components/features/devices/DeviceScreen.tsx";
import { Page } from "#components/ui/PageHeader.tsx";

export const metadata: Metadata = { title: "Let a program in" };

export default async function DevicePage({ searchParams }: { searchParams: Promise<{ code?: string }> }) {
  const { code = "" } = await searchParams;
  return (
    <Page>
      <DeviceScreen code={code} />
    </Page>
  );
}
