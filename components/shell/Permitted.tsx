"use client";

import type { ComponentProps } from "react";
import { Button } from "#components/ui/Button.tsx";
import { MenuItem } from "#components/ui/DropdownMenu.tsx";
import { IconButton } from "#components/ui/IconButton.tsx";
import type { Permission } from "#lib/access/permissions.ts";
import { useAccess } from "./useAccess.ts";

interface Asking {
  /** Without it the control does nothing and says whom to ask. */
  readonly permission: Permission;
}

export function PermittedButton({ permission, ...rest }: ComponentProps<typeof Button> & Asking) {
  const { whyNot } = useAccess();
  return <Button {...rest} why={whyNot(permission)} />;
}

export function PermittedIconButton({ permission, ...rest }: ComponentProps<typeof IconButton> & Asking) {
  const { whyNot } = useAccess();
  return <IconButton {...rest} why={whyNot(permission)} />;
}

export function PermittedMenuItem({ permission, ...rest }: ComponentProps<typeof MenuItem> & Asking) {
  const { whyNot } = useAccess();
  const why = whyNot(permission);
  return <MenuItem {...rest} {...(why !== undefined && { disabled: true, title: why })} />;
}
