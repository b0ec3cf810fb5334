import type { ReactNode } from "react";
import { AccountTabs } from "#components/shell/AccountTabs.tsx";

/** The sections of one's own account around one of them. */
export default function AccountLayout({ children }: { children: ReactNode }) {
  return (
    <>
      <AccountTabs />
      {children}
    </>
  );
}
