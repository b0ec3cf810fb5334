import { Activity, Archive, BellRing, Network, ScrollText, Timer } from "lucide-react";
import type { Section } from "../SectionTabs.tsx";

/** The sections of Pilot, in the order of its tabs. */
export const pilotSections: readonly Section[] = [
  { path: "", title: "Overview", icon: Activity },
  { path: "logs", title: "Logs", icon: ScrollText },
  { path: "topology", title: "Topology", icon: Network },
  { path: "alerts", title: "Alerts", icon: BellRing },
  { path: "slow", title: "Slow statements", icon: Timer },
  { path: "backups", title: "Backups", icon: Archive },
];
