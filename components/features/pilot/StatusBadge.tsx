import { Badge } from "#components/ui/Badge.tsx";

/** The status of an answer. */
export function StatusBadge({ status }: { status: number }) {
  const tone = status >= 500 ? "danger" : status >= 400 ? "warning" : "neutral";
  return <Badge tone={tone}>{status}</Badge>;
}
