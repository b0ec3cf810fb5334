"use client";

import type { ProjectScope } from "../ProjectScope.ts";
import { SectionTabs } from "../SectionTabs.tsx";
import { testsSections } from "./testsSections.ts";

export function TestsTabs(scope: ProjectScope) {
  return <SectionTabs {...scope} title="Tests" path="tests" sections={testsSections} />;
}
