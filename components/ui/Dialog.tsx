"use client";

import { X } from "lucide-react";
import { Dialog as Primitive } from "radix-ui";
import type { ReactNode } from "react";
import { cn } from "./cn.ts";
import { IconButton } from "./IconButton.tsx";

interface DialogProps {
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  trigger?: ReactNode;
  title: ReactNode;
  description?: ReactNode;
  /** Buttons, the main one last. */
  footer?: ReactNode;
  size?: "sm" | "md" | "lg";
  children?: ReactNode;
}

const widths = { sm: "max-w-md", md: "max-w-xl", lg: "max-w-4xl" };

/** A window in front of the screen; on small screens it sits at the bottom edge. */
export function Dialog({ trigger, title, description, footer, size = "sm", children, ...root }: DialogProps) {
  return (
    <Primitive.Root {...root}>
      {trigger ? <Primitive.Trigger asChild>{trigger}</Primitive.Trigger> : null}
      <Primitive.Portal>
        <Primitive.Overlay className="fixed inset-0 z-50 flex animate-appear items-end justify-center bg-shade sm:items-start sm:overflow-y-auto sm:p-4 sm:pt-[12vh]">
          <Primitive.Content
            {...(description ? {} : { "aria-describedby": undefined })}
            className={cn(
              "relative flex max-h-[90dvh] w-full animate-rise flex-col rounded-t-xl border bg-raised shadow-lg outline-none sm:rounded-xl",
              widths[size],
            )}
          >
            <div className="py-1 pt-4 pr-14 pl-5">
              <Primitive.Title className="font-semibold text-lg">{title}</Primitive.Title>
              {description ? (
                <Primitive.Description className="mt-1 text-pretty text-muted text-sm">
                  {description}
                </Primitive.Description>
              ) : null}
            </div>
            {children ? <div className="min-h-0 flex-1 overflow-y-auto px-5 py-3">{children}</div> : null}
            {footer ? (
              <div className="flex flex-wrap items-center justify-end gap-2 px-5 pt-2 pb-4">{footer}</div>
            ) : (
              <div className="pb-2" />
            )}
            {/* Last, so that the keyboard begins with what the window is about. */}
            <Primitive.Close asChild>
              <IconButton label="Close" size="sm" className="absolute top-3.5 right-3.5">
                <X />
              </IconButton>
            </Primitive.Close>
          </Primitive.Content>
        </Primitive.Overlay>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
