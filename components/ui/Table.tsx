"use client";

import type { ComponentProps } from "react";
import { cn } from "./cn.ts";
import { useScrollable } from "./useScrollable.ts";

interface TableProps extends ComponentProps<"table"> {
  /** What the table holds, for screen readers. */
  label: string;
}

/** Scrolls sideways inside its own frame, so that a page never does, not even by what only screen readers get. */
export function Table({ label, className, ...rest }: TableProps) {
  const frame = useScrollable<HTMLDivElement>();
  return (
    <div {...frame} className="relative w-full overflow-x-auto focus-visible:-outline-offset-2">
      <table aria-label={label} className={cn("w-full border-collapse text-left text-sm", className)} {...rest} />
    </div>
  );
}

export function TableHead({ className, ...rest }: ComponentProps<"thead">) {
  return <thead className={cn("border-b text-faint text-xs", className)} {...rest} />;
}

export function TableBody({ className, ...rest }: ComponentProps<"tbody">) {
  return <tbody className={cn("divide-y", className)} {...rest} />;
}

export function TableRow({ className, ...rest }: ComponentProps<"tr">) {
  return <tr className={cn("in-[tbody]:hover:bg-hover/60", className)} {...rest} />;
}

export function TableHeaderCell({ className, scope = "col", ...rest }: ComponentProps<"th">) {
  return <th scope={scope} className={cn("h-8 whitespace-nowrap px-3 font-medium", className)} {...rest} />;
}

export function TableCell({ className, ...rest }: ComponentProps<"td">) {
  return <td className={cn("h-10 px-3 py-1.5 align-middle", className)} {...rest} />;
}
