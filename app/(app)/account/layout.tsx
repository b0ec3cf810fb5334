import type { ReactNode } from "react";
import { ProofGate } from "#components/features/accounts/proof/ProofGate.tsx";
import { AccountTabs } from "#components/shell/AccountTabs.tsx";

/** The sections of one's own account around one of them. */
export default function AccountLayout({ children }: { children: ReactNode }) {
  return (
    <>
      <AccountTabs />
      <ProofGate>{children}</ProofGate>
    </>
  );
}
