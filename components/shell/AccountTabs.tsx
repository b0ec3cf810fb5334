"use client";

import { SectionTabs } from "#components/features/SectionTabs.tsx";
import { accountSections } from "./accountSections.ts";

export function AccountTabs() {
  return <SectionTabs title="Account" root="/account" sections={accountSections} />;
}
