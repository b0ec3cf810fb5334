import {
  Braces,
  Gauge,
  GitCommitHorizontal,
  ListChecks,
  type LucideIcon,
  Rocket,
  Settings,
  Workflow,
  Zap,
} from "lucide-react";

interface ProjectScreen {
  /** The last part of its path. */
  readonly path: string;
  readonly title: string;
  readonly icon: LucideIcon;
  readonly keywords: readonly string[];
}

/** The screens of a project, in the order of its navigation. */
export const projectScreens: readonly ProjectScreen[] = [
  { path: "model", title: "Model", icon: Workflow, keywords: ["canvas", "resources", "attributes", "builder"] },
  {
    path: "behaviour",
    title: "Behaviour",
    icon: Zap,
    keywords: ["processes", "flows", "schedules", "cron", "hooks", "webhooks", "functions", "runs"],
  },
  {
    path: "api",
    title: "API",
    icon: Braces,
    keywords: ["rest", "graphql", "openapi", "docs", "console", "operations", "rate limits"],
  },
  { path: "tests", title: "Tests", icon: ListChecks, keywords: ["gate", "proposals", "coverage", "mutation"] },
  { path: "ship", title: "Ship", icon: Rocket, keywords: ["deploy", "release", "environment"] },
  {
    path: "pilot",
    title: "Pilot",
    icon: Gauge,
    keywords: [
      "health",
      "metrics",
      "charts",
      "errors",
      "latency",
      "logs",
      "topology",
      "alerts",
      "slow",
      "statements",
      "backups",
    ],
  },
  { path: "history", title: "History", icon: GitCommitHorizontal, keywords: ["commits", "changes", "diff"] },
  {
    path: "settings",
    title: "Settings",
    icon: Settings,
    keywords: ["name", "git", "secrets", "mail", "endpoints", "keys", "delete"],
  },
];
