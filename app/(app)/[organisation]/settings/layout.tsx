import type { ReactNode } from "react";
import { OrganisationTabs } from "#components/shell/OrganisationTabs.tsx";

interface SettingsLayoutProps {
  params: Promise<{ organisation: string }>;
  children: ReactNode;
}

/** The sections of an organisation's settings around one of them. */
export default async function SettingsLayout({ params, children }: SettingsLayoutProps) {
  return (
    <>
      <OrganisationTabs {...(await params)} />
      {children}
    </>
  );
}
