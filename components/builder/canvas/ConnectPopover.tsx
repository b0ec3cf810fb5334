"use client";

import { Popover } from "#components/ui/Popover.tsx";
import { RelationshipForm } from "../inspector/RelationshipForm.tsx";
import type { Point } from "./geometry.ts";

/** A line that someone has drawn from one resource to another, not yet a relationship. */
export interface ConnectionDraft {
  /** Where the line was let go, on the screen. */
  readonly at: Point;
  readonly source: string;
  readonly target: string;
}

interface ConnectPopoverProps {
  connection: ConnectionDraft | null;
  onClose: () => void;
}

export function ConnectPopover({ connection, onClose }: ConnectPopoverProps) {
  if (!connection) return null;
  const { at, source, target } = connection;
  return (
    <Popover
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      label={`Relationship from ${source} to ${target}`}
      anchor={<div className="pointer-events-none fixed size-px" style={{ left: at.x, top: at.y }} />}
    >
      <h2 className="mb-2 font-semibold text-sm">
        {source} → {target}
      </h2>
      <RelationshipForm key={`${source} ${target}`} source={source} target={target} onDone={onClose} />
    </Popover>
  );
}
