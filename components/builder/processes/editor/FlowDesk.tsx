"use client";

import { LayoutList, Workflow } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "#components/ui/Button.tsx";
import { SegmentedControl } from "#components/ui/SegmentedControl.tsx";
import { useNarrow } from "../../policies/matrix/useNarrow.ts";
import { useRemembered } from "../../useRemembered.ts";
import { FlowCanvas } from "../flow/FlowCanvas.tsx";
import { FlowList } from "../flow/FlowList.tsx";

interface FlowDeskProps {
  /** The panel at the right. */
  panel: ReactNode;
  /** Small screens show the panel only when it is asked for: what it is about, and how it is shown; null while it is. */
  hidden: { readonly label: string; readonly show: () => void } | null;
}

/** A flow with what is said of it beside it: drawn, or as a list where the window is narrow or one would rather read. */
export function FlowDesk({ panel, hidden }: FlowDeskProps) {
  const narrow = useNarrow();
  const [form, setForm] = useRemembered<"canvas" | "list">("gantry:flow:form", "canvas", ["canvas", "list"]);
  const listed = narrow || form === "list";
  return (
    <div className="flex min-h-0 flex-1">
      <div className="relative flex min-w-0 flex-1 flex-col bg-canvas">
        <div className="relative min-h-0 flex-1">
          {listed ? <FlowList /> : <FlowCanvas />}
          {narrow ? (
            hidden ? (
              <Button size="sm" className="absolute right-3 bottom-3 shadow-md" onClick={hidden.show}>
                {hidden.label}
              </Button>
            ) : null
          ) : (
            <SegmentedControl
              label="Form of the flow"
              value={form}
              onValueChange={setForm}
              className="absolute top-2 right-2 bg-surface shadow-sm"
              options={[
                { value: "canvas", label: <Workflow />, name: "Canvas" },
                { value: "list", label: <LayoutList />, name: "List" },
              ]}
            />
          )}
        </div>
      </div>
      {panel}
    </div>
  );
}
