import type { ReactNode } from "react";
import { PilotTabs } from "#components/features/pilot/PilotTabs.tsx";

interface PilotLayoutProps {
  params: Promise<{ organisation: string; project: string }>;
  children: ReactNode;
}

/** The sections of Pilot around one of them. */
export default async function PilotLayout({ params, children }: PilotLayoutProps) {
  return (
    <>
      <PilotTabs {...(await params)} />
      {children}
    </>
  );
}
