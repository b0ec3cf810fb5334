"use client";

import { ChevronLeft, X } from "lucide-react";
import { type ReactNode, useEffect, useRef } from "react";
import { cn } from "#components/ui/cn.ts";
import { IconButton } from "#components/ui/IconButton.tsx";

interface InspectorFrameProps {
  head: ReactNode;
  /** Names what is shown: another thing starts at its top. */
  shown: string;
  /** Whether nothing is selected; only small screens then do without the panel. */
  hidden: boolean;
  children: ReactNode;
}

/** The panel at the right of what is edited. On small screens a sheet at the bottom edge. */
export function InspectorFrame({ head, shown, hidden, children }: InspectorFrameProps) {
  const scroller = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another thing starts at its top
  useEffect(() => {
    scroller.current?.scrollTo({ top: 0 });
  }, [shown]);
  return (
    <aside
      aria-label="Inspector"
      data-inspector
      className={cn(
        "flex min-h-0 flex-col bg-surface md:w-85 md:shrink-0 md:border-l",
        "max-md:fixed max-md:inset-x-0 max-md:bottom-0 max-md:z-30 max-md:max-h-[62dvh] max-md:animate-rise max-md:rounded-t-xl max-md:border-t max-md:shadow-lg",
        hidden && "max-md:hidden",
      )}
    >
      {head}
      <div ref={scroller} className="min-h-0 flex-1 overflow-y-auto overscroll-contain px-3 pb-6">
        {children}
      </div>
    </aside>
  );
}

interface InspectorHeadProps {
  kind: string;
  name: string;
  up?: { readonly label: string; readonly go: () => void };
  actions?: ReactNode;
  onClose?: () => void;
}

/** What the panel is about, the way up, and what can be done with it. */
export function InspectorHead({ kind, name, up, actions, onClose }: InspectorHeadProps) {
  return (
    <div className="flex min-h-11 items-center gap-1 border-b px-3">
      {up ? (
        <>
          <button
            type="button"
            onClick={up.go}
            aria-label={`Back to ${up.label}`}
            className="-ml-1 flex h-7 min-w-0 items-center gap-0.5 rounded-md pr-1 text-muted text-sm hover:bg-hover hover:text-ink"
          >
            <ChevronLeft className="size-4 shrink-0" aria-hidden />
            <span className="max-w-28 truncate">{up.label}</span>
          </button>
          <span className="text-line-strong" aria-hidden>
            /
          </span>
        </>
      ) : null}
      <h2 className="min-w-0 flex-1 truncate pl-0.5 font-semibold text-sm">
        <span className="sr-only">{kind} </span>
        {name}
      </h2>
      {actions}
      {onClose ? (
        <IconButton label="Close inspector" size="sm" onClick={onClose}>
          <X />
        </IconButton>
      ) : null}
    </div>
  );
}
