"use client";

import { useReactFlow, useStore } from "@xyflow/react";
import { LayoutDashboard, Maximize, Minus, Plus } from "lucide-react";
import { IconButton } from "#components/ui/IconButton.tsx";

interface CanvasControlsProps {
  arranging: boolean;
  onTidy: () => void;
}

export function CanvasControls({ arranging, onTidy }: CanvasControlsProps) {
  const { zoomIn, zoomOut, fitView } = useReactFlow();
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
      <IconButton label="Fit all in view" size="sm" side="top" onClick={() => fitView({ padding: 0.12, maxZoom: 1 })}>
        <Maximize />
      </IconButton>
      <IconButton label="Tidy" size="sm" side="top" disabled={arranging} onClick={onTidy}>
        <LayoutDashboard />
      </IconButton>
    </div>
  );
}
