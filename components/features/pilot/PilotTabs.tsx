"use client";

import type { ProjectScope } from "../ProjectScope.ts";
import { SectionTabs } from "../SectionTabs.tsx";
import { pilotSections } from "./pilotSections.ts";

export function PilotTabs(scope: ProjectScope) {
  return <SectionTabs {...scope} title="Pilot" path="pilot" sections={pilotSections} />;
}
