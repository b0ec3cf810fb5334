import type { Metadata } from "next";
import { BillingSection } from "#components/features/billing/BillingSection.tsx";
import { PlanSection } from "#components/features/plans/PlanSection.tsx";
import { Page, PageHeader } from "#components/ui/PageHeader.tsx";

export const metadata: Metadata = { title: "Plan and billing" };

interface PlanPageProps {
  params: Promise<{ organisation: string }>;
}

export default async function PlanPage({ params }: PlanPageProps) {
  const { organisation } = await params;
  return (
    <Page>
      <PageHeader title="Plan and billing" />
      <PlanSection organisation={organisation}>
        <BillingSection organisation={organisation} />
      </PlanSection>
    </Page>
  );
}
