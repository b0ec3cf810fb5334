"use client";

import { useReactFlow, useStore } from "@xyflow/react";
import { Maximize, Minus, Plus } from "lucide-react";
import { IconButton } from "#components/ui/IconButton.tsx";

/** How near one looks at a flow. */
export function FlowControls({ onFit }: { onFit: () => void }) {
  const { zoomIn, zoomOut } = useReactFlow();
  const percent = useStore((state) => Math.round(state.transform[2] * 100));
  return (
    <div className="flex items-center rounded-lg border bg-surface p-0.5 shadow-sm" role="toolbar" aria-label="Canvas">
      <IconButton label="Zoom out" size="sm" side="top" onClick={() => zoomOut()}>
        <Minus />
      </IconButton>
      <span className="w-10 text-center text-2xs text-faint tabular-nums">{percent}%</span>
      <IconButton label="Zoom in" size="sm" side="top" onClick={() => zoomIn()}>
        <Plus />
      </IconButton>
      <IconButton label="From the top" size="sm" side="top" onClick={onFit}>
        <Maximize />
      </IconButton>
    </div>
  );
}
