"use client";

import { cva, type VariantProps } from "class-variance-authority";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "./cn.ts";
import { Tooltip } from "./Tooltip.tsx";

const iconButtonStyles = cva(
  [
    "inline-flex shrink-0 items-center justify-center rounded-md border transition-colors duration-100",
    "disabled:pointer-events-none disabled:opacity-40 aria-pressed:bg-active aria-pressed:text-ink",
  ],
  {
    variants: {
      variant: {
        ghost: "border-transparent text-muted hover:bg-hover hover:text-ink",
        secondary: "border-line-strong bg-surface text-muted shadow-xs hover:bg-hover hover:text-ink",
        danger: "border-transparent text-muted hover:bg-danger-soft hover:text-danger-text",
      },
      size: {
        xs: "size-6 [&_svg]:size-3.5",
        sm: "size-7 [&_svg]:size-4",
        md: "size-8 [&_svg]:size-4",
      },
    },
    defaultVariants: { variant: "ghost", size: "md" },
  },
);

interface IconButtonProps
  extends Omit<ComponentProps<"button">, "aria-label" | "children">,
    VariantProps<typeof iconButtonStyles> {
  /** The accessible name, shown as a tooltip too. */
  label: string;
  keys?: string;
  side?: "top" | "right" | "bottom" | "left";
  /** Why it cannot be used: said with the label; clicks do nothing. */
  why?: string | undefined;
  children: ReactNode;
}

export function IconButton(props: IconButtonProps) {
  const { label, keys, side, why, variant, size, className, children, ...rest } = props;
  const classes = cn(iconButtonStyles({ variant, size }), className);
  const placed = side === undefined ? {} : { side };
  if (why !== undefined) {
    return (
      <Tooltip label={why} {...placed}>
        <button
          type="button"
          aria-label={`${label}. ${why}`}
          aria-disabled
          className={cn(classes, "cursor-not-allowed opacity-40")}
        >
          {children}
        </button>
      </Tooltip>
    );
  }
  return (
    <Tooltip label={label} {...(keys === undefined ? {} : { keys })} {...placed}>
      <button type="button" aria-label={label} className={classes} {...rest}>
        {children}
      </button>
    </Tooltip>
  );
}
