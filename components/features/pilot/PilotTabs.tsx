"use client";

import type { ProjectScope } from "../ProjectScope.ts";
import { SectionTabs } from "../SectionTabs.tsx";
import { pilotSections } from "./pilotSections.ts";

export function PilotTabs({ organisation, project }: ProjectScope) {
  return <SectionTabs title="Pilot" root={`/${organisation}/${project}/pilot`} sections={pilotSections} />;
}
