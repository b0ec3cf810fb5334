"use client";

import { Check } from "lucide-react";
import { DropdownMenu as Primitive } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "./cn.ts";
import { Kbd } from "./Kbd.tsx";
import { menuItem, menuSurface } from "./menuStyles.ts";

interface DropdownMenuProps {
  trigger: ReactNode;
  align?: "start" | "center" | "end";
  className?: string;
  children: ReactNode;
}

export function DropdownMenu({ trigger, align = "start", className, children }: DropdownMenuProps) {
  return (
    <Primitive.Root modal={false}>
      <Primitive.Trigger asChild>{trigger}</Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content
          align={align}
          sideOffset={4}
          collisionPadding={8}
          className={cn(
            menuSurface,
            "max-h-(--radix-dropdown-menu-content-available-height) min-w-48 max-w-80 overflow-y-auto",
            className,
          )}
        >
          {children}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

interface MenuItemProps extends ComponentProps<typeof Primitive.Item> {
  icon?: ReactNode;
  keys?: string;
  danger?: boolean;
  /** Marks the one that is in use. */
  current?: boolean;
}

export function MenuItem({ icon, keys, danger, current, className, children, asChild, ...rest }: MenuItemProps) {
  const classes = cn(
    menuItem,
    danger && "text-danger-text data-highlighted:bg-danger-soft [&_svg]:text-danger-text",
    className,
  );
  if (asChild) {
    return (
      <Primitive.Item asChild className={classes} {...rest}>
        {children}
      </Primitive.Item>
    );
  }
  return (
    <Primitive.Item className={classes} {...rest}>
      {icon}
      <span className="min-w-0 flex-1 truncate">{children}</span>
      {current ? <Check className="text-accent-text!" aria-label="current" /> : null}
      {keys === undefined ? null : <Kbd>{keys}</Kbd>}
    </Primitive.Item>
  );
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return <Primitive.Label className="px-2 py-1 font-medium text-faint text-xs">{children}</Primitive.Label>;
}

export function MenuSeparator() {
  return <Primitive.Separator className="-mx-1 my-1 h-px bg-line" />;
}
