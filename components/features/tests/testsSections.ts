import { ChartNoAxesColumn, Lightbulb, ListChecks } from "lucide-react";
import type { Section } from "../SectionTabs.tsx";

/** The sections of Tests, in the order of its tabs. */
export const testsSections: readonly Section[] = [
  { path: "", title: "Tests", icon: ListChecks },
  { path: "proposals", title: "Proposals", icon: Lightbulb },
  { path: "coverage", title: "Coverage", icon: ChartNoAxesColumn },
];
