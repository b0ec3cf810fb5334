import { Check, EyeOff } from "lucide-react";
import { cn } from "#components/ui/cn.ts";

interface ShownMarksProps {
  shown: { readonly rest: number; readonly graphql: number };
  /** How many actions there are. */
  of: number;
}

/** Whether each protocol offers what stands in a cell. */
export function ShownMarks({ shown, of }: ShownMarksProps) {
  if (of === 0) return <span className="text-faint text-xs">none</span>;
  return (
    <span className="flex flex-wrap gap-x-2.5 gap-y-0.5 text-2xs">
      <Mark label="REST" count={shown.rest} of={of} />
      <Mark label="GraphQL" count={shown.graphql} of={of} />
    </span>
  );
}

function Mark({ label, count, of }: { label: string; count: number; of: number }) {
  const hidden = count === 0;
  const Icon = hidden ? EyeOff : Check;
  return (
    <span
      className={cn(
        "inline-flex items-center gap-1 whitespace-nowrap",
        hidden ? "text-faint" : count < of ? "text-warning-text" : "text-success-text",
      )}
    >
      <Icon className="size-3 shrink-0" aria-hidden />
      <span className={cn(hidden && "line-through")}>{label}</span>
      {of > 1 ? (
        <span className="tabular-nums">
          {count}/{of}
        </span>
      ) : null}
    </span>
  );
}
