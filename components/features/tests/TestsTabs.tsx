"use client";

import type { ProjectScope } from "../ProjectScope.ts";
import { SectionTabs } from "../SectionTabs.tsx";
import { testsSections } from "./testsSections.ts";

export function TestsTabs({ organisation, project }: ProjectScope) {
  return <SectionTabs title="Tests" root={`/${organisation}/${project}/tests`} sections={testsSections} />;
}
