"use client";

import { Popover as Primitive } from "radix-ui";
import type { ReactNode } from "react";
import { cn } from "./cn.ts";
import { menuSurface } from "./menuStyles.ts";

interface PopoverProps {
  trigger?: ReactNode;
  /** Where it points when there is no trigger. */
  anchor?: ReactNode;
  /** The accessible name of what opens. */
  label: string;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  side?: "top" | "right" | "bottom" | "left";
  align?: "start" | "center" | "end";
  className?: string;
  /** Called when it has closed; prevented, the keyboard does not go back to the trigger. */
  onCloseAutoFocus?: (event: Event) => void;
  children: ReactNode;
}

export function Popover(props: PopoverProps) {
  const { trigger, anchor, label, side, align = "start", className, onCloseAutoFocus, children, ...root } = props;
  return (
    <Primitive.Root {...root}>
      {trigger ? <Primitive.Trigger asChild>{trigger}</Primitive.Trigger> : null}
      {anchor ? <Primitive.Anchor asChild>{anchor}</Primitive.Anchor> : null}
      <Primitive.Portal>
        <Primitive.Content
          aria-label={label}
          {...(side === undefined ? {} : { side })}
          {...(onCloseAutoFocus ? { onCloseAutoFocus } : {})}
          align={align}
          sideOffset={6}
          collisionPadding={8}
          className={cn(menuSurface, "w-72 max-w-[calc(100vw-16px)] p-3", className)}
        >
          {children}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
