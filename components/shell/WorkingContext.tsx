import { GitBranch, Globe } from "lucide-react";
import Link from "next/link";

interface WorkingContextProps {
  organisation: string;
  project: string;
}

/** Which branch is edited and which environment it ships to, so that one always knows what one is about to change. */
export function WorkingContext({ organisation, project }: WorkingContextProps) {
  const base = `/${organisation}/${project}`;
  const mark = "flex h-6 items-center gap-1.5 rounded-md px-1.5 text-muted text-xs hover:bg-hover hover:text-ink";
  return (
    <div className="hidden items-center gap-0.5 pl-1 md:flex">
      <Link href={`${base}/history`} className={mark}>
        <GitBranch className="size-3.5 text-faint" aria-hidden />
        <span className="sr-only">Branch </span>
        main
      </Link>
      <Link href={`${base}/ship`} className={mark}>
        <Globe className="size-3.5 text-faint" aria-hidden />
        <span className="sr-only">Environment </span>
        production
      </Link>
    </div>
  );
}
