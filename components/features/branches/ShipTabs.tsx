"use client";

import type { ProjectScope } from "../ProjectScope.ts";
import { SectionTabs } from "../SectionTabs.tsx";
import { shipSections } from "./shipSections.ts";

export function ShipTabs({ organisation, project }: ProjectScope) {
  return <SectionTabs title="Ship" root={`/${organisation}/${project}/ship`} sections={shipSections} />;
}
