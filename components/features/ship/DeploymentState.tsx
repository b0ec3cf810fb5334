import { Badge } from "#components/ui/Badge.tsx";

const looks = {
  queued: { label: "Waiting", tone: "neutral" },
  running: { label: "Deploying", tone: "accent" },
  live: { label: "Live", tone: "success" },
  failed: { label: "Failed", tone: "danger" },
  replaced: { label: "Replaced", tone: "neutral" },
} as const;

export function DeploymentState({ state }: { state: keyof typeof looks }) {
  const { label, tone } = looks[state];
  return (
    <Badge tone={tone} dot>
      {label}
    </Badge>
  );
}
