"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { QueryFailure } from "#components/features/QueryFailure.tsx";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { Banner } from "#components/ui/Banner.tsx";
import { Skeleton } from "#components/ui/Skeleton.tsx";
import { CodeAppCard } from "./CodeAppCard.tsx";
import { LinksCard } from "./LinksCard.tsx";
import { PasskeysCard } from "./PasskeysCard.tsx";
import { PasswordCard } from "./PasswordCard.tsx";
import { RecoveryCodesCard } from "./RecoveryCodesCard.tsx";

/** Password, second factors and accounts elsewhere. `link`: what became of linking one. */
export function SecurityScreen({ link }: { link: string | undefined }) {
  const trpc = useTRPC();
  const factors = useQuery(trpc.factors.list.queryOptions());
  // Those that came with a first factor: shown until the screen is left.
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const onAdded = (added: { recoveryCodes: readonly string[] | null }) => {
    if (added.recoveryCodes) setCodes(added.recoveryCodes);
  };
  return (
    <>
      {link === "added" ? <Banner tone="success">The account is linked. You can sign in with it now.</Banner> : null}
      {link === "taken" ? (
        <Banner tone="danger">This account is linked to another one here. Take the link away there first.</Banner>
      ) : null}
      <PasswordCard />
      {factors.error ? <QueryFailure query={factors} /> : null}
      {factors.isPending ? <Skeleton className="h-64" /> : null}
      {factors.data ? (
        <>
          <PasskeysCard passkeys={factors.data.passkeys} onAdded={onAdded} />
          <CodeAppCard codeApp={factors.data.codeApp} onAdded={onAdded} />
          {factors.data.codeApp || factors.data.passkeys.length > 0 ? (
            <RecoveryCodesCard left={factors.data.recoveryCodes} codes={codes} onRenewed={setCodes} />
          ) : null}
        </>
      ) : null}
      <LinksCard />
    </>
  );
}
