import Link from "next/link";
import { Badge } from "#components/ui/Badge.tsx";
import { RelativeTime } from "#components/ui/RelativeTime.tsx";
import type { ProjectSummary } from "./ProjectSummary.ts";
import { productionState } from "./productionState.ts";

interface ProjectCardProps {
  organisation: string;
  project: ProjectSummary;
}

/** One project in the list: name, how production is, when something last changed. */
export function ProjectCard({ organisation, project }: ProjectCardProps) {
  const { label, tone } = productionState(project);
  const screen = project.state === "ready" ? "model" : "import";
  return (
    <Link
      href={`/${organisation}/${project.slug}/${screen}`}
      className="flex h-32 flex-col justify-between rounded-lg border bg-surface p-4 shadow-xs transition-colors hover:border-line-strong"
    >
      <span className="line-clamp-2 font-semibold">{project.name}</span>
      <span className="flex items-center justify-between gap-2 text-faint text-xs">
        <Badge tone={tone} dot>
          {label}
        </Badge>
        <span>
          changed <RelativeTime at={project.updatedAt} />
        </span>
      </span>
    </Link>
  );
}
