"use client";

import { SectionTabs } from "#components/features/SectionTabs.tsx";
import { organisationSections } from "./organisationSections.ts";

export function OrganisationTabs({ organisation }: { organisation: string }) {
  return (
    <SectionTabs title="Organisation settings" root={`/${organisation}/settings`} sections={organisationSections} />
  );
}
