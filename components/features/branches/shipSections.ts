import { GitBranch, type LucideIcon, Rocket } from "lucide-react";

interface ShipSection {
  /** The last part of its path; empty for the first. */
  readonly path: string;
  readonly title: string;
  readonly icon: LucideIcon;
}

/** The sections of Ship, in the order of its tabs. */
export const shipSections: readonly ShipSection[] = [
  { path: "", title: "Environments", icon: Rocket },
  { path: "branches", title: "Branches", icon: GitBranch },
];
