import { Badge } from "#components/ui/Badge.tsx";
import type { RunStatus } from "./ShownRun.ts";

const looks = {
  running: { tone: "accent", word: "running" },
  waiting: { tone: "accent", word: "waiting" },
  compensating: { tone: "warning", word: "being undone" },
  succeeded: { tone: "success", word: "done" },
  failed: { tone: "danger", word: "failed" },
  cancelled: { tone: "neutral", word: "cancelled" },
} as const;

export function statusWord(status: RunStatus): string {
  return looks[status].word;
}

export function RunBadge({ status }: { status: RunStatus }) {
  const { tone, word } = looks[status];
  return (
    <Badge tone={tone} dot>
      {word}
    </Badge>
  );
}
