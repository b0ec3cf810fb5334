"use client";

import { usePathname } from "next/navigation";

/** The parts of the address below a screen's own. */
export function useShownParts(base: string): readonly string[] {
  const path = usePathname();
  return path.startsWith(`${base}/`) ? path.slice(base.length + 1).split("/") : [];
}
