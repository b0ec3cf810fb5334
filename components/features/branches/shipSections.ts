import { GitBranch, Rocket } from "lucide-react";
import type { Section } from "../SectionTabs.tsx";

/** The sections of Ship, in the order of its tabs. */
export const shipSections: readonly Section[] = [
  { path: "", title: "Environments", icon: Rocket },
  { path: "branches", title: "Branches", icon: GitBranch },
];
