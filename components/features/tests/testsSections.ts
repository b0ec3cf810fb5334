import { ChartNoAxesColumn, Lightbulb, ListChecks, type LucideIcon } from "lucide-react";

interface TestsSection {
  /** The last part of its path; empty for the first. */
  readonly path: string;
  readonly title: string;
  readonly icon: LucideIcon;
}

/** The sections of Tests, in the order of its tabs. */
export const testsSections: readonly TestsSection[] = [
  { path: "", title: "Tests", icon: ListChecks },
  { path: "proposals", title: "Proposals", icon: Lightbulb },
  { path: "coverage", title: "Coverage", icon: ChartNoAxesColumn },
];
