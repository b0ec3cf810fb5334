import type { ReactNode } from "react";
import { cn } from "./cn.ts";

interface EmptyStateProps {
  icon?: ReactNode;
  /** What belongs here. */
  title: ReactNode;
  description?: ReactNode;
  /** One example of it. */
  example?: ReactNode;
  /** The button that makes it. */
  action?: ReactNode;
  className?: string;
}

export function EmptyState({ icon, title, description, example, action, className }: EmptyStateProps) {
  return (
    <div className={cn("mx-auto flex max-w-md flex-col items-center gap-4 px-6 py-12 text-center", className)}>
      {icon ? (
        <div
          className="flex size-10 items-center justify-center rounded-lg border bg-surface text-muted shadow-xs [&_svg]:size-5"
          aria-hidden
        >
          {icon}
        </div>
      ) : null}
      <div className="flex flex-col gap-1">
        <h2 className="font-semibold text-lg">{title}</h2>
        {description ? <p className="text-pretty text-muted text-sm">{description}</p> : null}
      </div>
      {example ? <div className="w-full text-left">{example}</div> : null}
      {action ? <div className="flex flex-wrap justify-center gap-2">{action}</div> : null}
    </div>
  );
}
