"use client";

import { useMemo } from "react";
import { cn } from "#components/ui/cn.ts";
import type { Expression } from "#lib/expression/Expression.ts";
import { asDeclared } from "#lib/model/expressions/computedExpression.ts";
import type { AttributeType } from "#lib/model/types.ts";
import { useBuilder, useDraft } from "../../BuilderContext.tsx";
import { needsCaller, type SampleLine, sampleLines } from "./sampleLines.ts";
import { sampleRows } from "./sampleRows.ts";

interface ExpressionPreviewProps {
  resource: string;
  expression: Expression;
  declared?: AttributeType | undefined;
}

/** What an expression gives for a few rows, worked out here in the browser. */
export function ExpressionPreview({ resource: name, expression, declared }: ExpressionPreviewProps) {
  const model = useDraft();
  const sources = useBuilder((state) => state.history.present.sources);
  const rows = useMemo(() => sampleRows(model, sources), [model, sources]);
  const resource = model.resources.find((one) => one.name === name);
  const lines = useMemo<readonly SampleLine[] | null>(() => {
    if (!resource || needsCaller(expression)) return null;
    const shown = declared ? asDeclared(declared, expression) : expression;
    return sampleLines(shown, resource, { model, rows, now: new Date() });
  }, [expression, declared, resource, model, rows]);
  if (lines === null) {
    return <p className="text-faint text-xs">Depends on who asks or on what is given, so no rows are shown here.</p>;
  }
  if (lines.length === 0) return null;
  return (
    <figure aria-label="What it gives" className="overflow-hidden rounded-md border bg-sunken text-xs">
      <figcaption className="border-b px-2 py-1 text-2xs text-faint">
        {rows.isMadeUp(name) ? `For made-up rows, since ${name} has no seeds` : "For rows of the seeds"}
      </figcaption>
      <dl>
        {lines.map(({ key, title, value }) => (
          <div key={key} className="flex items-baseline gap-3 px-2 py-0.5">
            <dt className="min-w-0 flex-1 truncate text-muted">{title}</dt>
            <dd
              className={cn(
                "max-w-[60%] truncate text-right font-mono tabular-nums",
                value === null && "font-sans text-faint italic",
              )}
              title={value ?? undefined}
            >
              {value ?? "no value"}
            </dd>
          </div>
        ))}
      </dl>
    </figure>
  );
}
