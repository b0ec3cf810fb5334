import { Building2, ChartColumn, CreditCard, KeyRound, ScrollText, ShieldCheck, Users } from "lucide-react";
import type { Section } from "#components/features/SectionTabs.tsx";

/** The sections of an organisation's settings, `/<organisation>/settings/…`, in the order of their tabs. */
export const organisationSections: readonly Section[] = [
  { path: "", title: "General", icon: Building2 },
  { path: "people", title: "People", icon: Users },
  { path: "sign-in", title: "Sign-in", icon: ShieldCheck },
  { path: "plan", title: "Plan and billing", icon: CreditCard },
  { path: "usage", title: "Usage", icon: ChartColumn },
  { path: "tokens", title: "Tokens", icon: KeyRound },
  { path: "audit", title: "Audit log", icon: ScrollText },
];
