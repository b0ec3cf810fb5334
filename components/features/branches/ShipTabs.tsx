"use client";

import type { ProjectScope } from "../ProjectScope.ts";
import { SectionTabs } from "../SectionTabs.tsx";
import { shipSections } from "./shipSections.ts";

export function ShipTabs(scope: ProjectScope) {
  return <SectionTabs {...scope} title="Ship" path="ship" sections={shipSections} />;
}
