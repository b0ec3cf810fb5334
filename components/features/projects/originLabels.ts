import { Database, LayoutTemplate, type LucideIcon, SquareDashed } from "lucide-react";

export type Origin = "import" | "template" | "blank";

/** The three ways to begin, in the order in which they are offered. */
export const origins: readonly { value: Origin; icon: LucideIcon; title: string; text: string }[] = [
  {
    value: "import",
    icon: Database,
    title: "Existing database",
    text: "Read the tables of a PostgreSQL database, and its rows if you like.",
  },
  {
    value: "template",
    icon: LayoutTemplate,
    title: "Template",
    text: "A complete small app with rows to play with: CRM, inventory or HR.",
  },
  { value: "blank", icon: SquareDashed, title: "Blank", text: "An empty canvas." },
];
