/** The looks that menus, popovers and the command palette share. */
export const menuSurface = "z-60 animate-appear rounded-lg border bg-raised p-1 text-ink shadow-md outline-none";

export const menuItem = [
  "flex min-h-7 cursor-pointer select-none items-center gap-2 rounded-sm px-2 py-1 text-sm outline-none",
  "data-highlighted:bg-hover data-[disabled]:pointer-events-none data-[disabled]:opacity-50",
  "[&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-faint",
].join(" ");
