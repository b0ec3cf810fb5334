import { Badge } from "#components/ui/Badge.tsx";
import type { LogEntry } from "../figures.ts";

const tones = { error: "danger", warn: "warning", info: "accent", debug: "neutral" } as const;

/** How much a record matters. */
export function SeverityBadge({ severity }: Pick<LogEntry, "severity">) {
  return (
    <Badge tone={tones[severity]} className="w-12 justify-center px-0">
      {severity}
    </Badge>
  );
}
