"use client";

import type { ComponentProps } from "react";
import { cn } from "./cn.ts";
import { controlStyles } from "./controlStyles.ts";
import { useFieldControl } from "./Field.tsx";

/** Grows with its text where the browser can. */
export function Textarea({ className, rows = 2, ...rest }: ComponentProps<"textarea">) {
  const field = useFieldControl();
  return (
    <textarea
      rows={rows}
      {...field}
      className={cn(controlStyles, "field-sizing-content max-h-80 min-h-14 resize-y px-2.5 py-1.5", className)}
      {...rest}
    />
  );
}
