import { KeyRound, MonitorSmartphone, ShieldCheck, User } from "lucide-react";
import type { Section } from "#components/features/SectionTabs.tsx";

/** The sections of one's own account, `/account/…`, in the order of their tabs. */
export const accountSections: readonly Section[] = [
  { path: "", title: "Profile", icon: User },
  { path: "security", title: "Security", icon: ShieldCheck },
  { path: "sessions", title: "Sessions", icon: MonitorSmartphone },
  { path: "tokens", title: "Tokens", icon: KeyRound },
];
