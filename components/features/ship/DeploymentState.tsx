import { Badge } from "#components/ui/Badge.tsx";

const looks = {
  queued: { label: "Waiting", tone: "neutral" },
  running: { label: "Deploying", tone: "accent" },
  awaiting: { label: "Waits for approval", tone: "warning" },
  trying: { label: "Rolling out", tone: "accent" },
  live: { label: "Live", tone: "success" },
  failed: { label: "Failed", tone: "danger" },
  replaced: { label: "Replaced", tone: "neutral" },
  superseded: { label: "Superseded", tone: "neutral" },
  rejected: { label: "Rejected", tone: "neutral" },
  rolledBack: { label: "Rolled back", tone: "warning" },
} as const;

export function DeploymentState({ state }: { state: keyof typeof looks }) {
  const { label, tone } = looks[state];
  return (
    <Badge tone={tone} dot>
      {label}
    </Badge>
  );
}
