import {
  Bell,
  Bot,
  CircleX,
  Clock,
  Columns3,
  Ear,
  FileSearch,
  GitBranch,
  Globe,
  Hourglass,
  List,
  type LucideIcon,
  Mail,
  Pencil,
  Repeat,
  Sigma,
  SquareFunction,
  Workflow,
} from "lucide-react";
import type { StepKind } from "#lib/model/processTypes.ts";

interface StepLook {
  readonly icon: LucideIcon;
  /** In the words of someone who knows the business and no code. */
  readonly label: string;
  readonly about: string;
  readonly group: StepGroup;
}

export const stepGroups = ["Records", "Ways", "Outside", "Of your own"] as const;
export type StepGroup = (typeof stepGroups)[number];

export const stepLooks: Readonly<Record<StepKind, StepLook>> = {
  action: { icon: Pencil, label: "Change a record", about: "Creates, changes or deletes one", group: "Records" },
  find: { icon: FileSearch, label: "Look up a record", about: "One record by its key", group: "Records" },
  select: { icon: List, label: "Read a list", about: "Records that fit", group: "Records" },
  transform: { icon: Sigma, label: "Work out values", about: "Values for the steps after it", group: "Records" },
  branch: { icon: GitBranch, label: "Branch", about: "One way or another, by a condition", group: "Ways" },
  forEach: { icon: Repeat, label: "For each", about: "The same steps for each item of a list", group: "Ways" },
  repeat: { icon: Hourglass, label: "Repeat while", about: "Again and again, as long as it holds", group: "Ways" },
  parallel: { icon: Columns3, label: "At the same time", about: "Several ways side by side", group: "Ways" },
  wait: { icon: Clock, label: "Wait", about: "Minutes or months", group: "Ways" },
  waitFor: { icon: Ear, label: "Wait for a change", about: "Until a record changes", group: "Ways" },
  fail: { icon: CircleX, label: "Fail", about: "Ends the run as failed", group: "Ways" },
  mail: { icon: Mail, label: "Send a mail", about: "Plain text to one or several", group: "Outside" },
  request: { icon: Globe, label: "Call a web service", about: "HTTP, and what it answers", group: "Outside" },
  ask: { icon: Bot, label: "Ask a language model", about: "Gives values that you describe", group: "Outside" },
  emit: { icon: Bell, label: "Tell listeners", about: "An event of your own", group: "Outside" },
  function: { icon: SquareFunction, label: "Run a function", about: "Code of your own", group: "Of your own" },
  process: { icon: Workflow, label: "Run a process", about: "Another one of this app", group: "Of your own" },
};

export const stepKinds = Object.keys(stepLooks) as readonly StepKind[];
