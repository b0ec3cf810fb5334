import { Activity, Archive, BellRing, type LucideIcon, Network, ScrollText, Timer } from "lucide-react";

interface PilotSection {
  /** The last part of its path; empty for the first. */
  readonly path: string;
  readonly title: string;
  readonly icon: LucideIcon;
}

/** The sections of Pilot, in the order of its tabs. */
export const pilotSections: readonly PilotSection[] = [
  { path: "", title: "Overview", icon: Activity },
  { path: "logs", title: "Logs", icon: ScrollText },
  { path: "topology", title: "Topology", icon: Network },
  { path: "alerts", title: "Alerts", icon: BellRing },
  { path: "slow", title: "Slow statements", icon: Timer },
  { path: "backups", title: "Backups", icon: Archive },
];
