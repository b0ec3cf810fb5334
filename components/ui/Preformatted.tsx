"use client";

import type { ComponentProps } from "react";
import { cn } from "./cn.ts";
import { useScrollable } from "./useScrollable.ts";

/** Text that keeps its lines; scrolls where they are too long, also by keyboard. */
export function Preformatted({ className, ...rest }: Omit<ComponentProps<"pre">, "ref" | "tabIndex">) {
  const frame = useScrollable<HTMLPreElement>();
  return (
    <pre
      {...frame}
      className={cn("overflow-auto font-mono text-xs leading-5 focus-visible:-outline-offset-2", className)}
      {...rest}
    />
  );
}
