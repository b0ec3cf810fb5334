import type { ReactNode } from "react";
import { ShipTabs } from "#components/features/branches/ShipTabs.tsx";

interface ShipLayoutProps {
  params: Promise<{ organisation: string; project: string }>;
  children: ReactNode;
}

/** The sections of Ship around one of them. */
export default async function ShipLayout({ params, children }: ShipLayoutProps) {
  return (
    <>
      <ShipTabs {...(await params)} />
      {children}
    </>
  );
}
