import { cn } from "./cn.ts";

/** The shape of what is still loading. Put one `role="status"` around a group of them. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden className={cn("h-4 animate-pulse-soft rounded-md bg-active", className)} />;
}
