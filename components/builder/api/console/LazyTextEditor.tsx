"use client";

import { lazy, Suspense } from "react";
import { Skeleton } from "#components/ui/Skeleton.tsx";
import type { TextEditorProps } from "./TextEditor.tsx";

const TextEditor = lazy(() => import("./TextEditor.tsx"));

/** An editor that comes when it is first needed. */
export function LazyTextEditor(props: TextEditorProps) {
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <span className="font-medium text-muted text-xs" aria-hidden>
        {props.label}
      </span>
      <Suspense fallback={<Skeleton className="h-20" />}>
        <TextEditor {...props} />
      </Suspense>
    </div>
  );
}
