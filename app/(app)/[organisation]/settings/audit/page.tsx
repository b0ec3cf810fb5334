import type { Metadata } from "next";
import { AuditScreen } from "#components/features/audit/AuditScreen.tsx";
import { Page } from "#components/ui/PageHeader.tsx";

export const metadata: Metadata = { title: "Audit log" };

export default async function AuditPage({ params }: { params: Promise<{ organisation: string }> }) {
  return (
    <Page>
      <AuditScreen {...(await params)} />
    </Page>
  );
}
