"use client";

import { useQuery } from "@tanstack/react-query";
import { useAccess } from "#components/shell/useAccess.ts";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { Banner } from "#components/ui/Banner.tsx";
import { PageHeader } from "#components/ui/PageHeader.tsx";
import { Skeleton } from "#components/ui/Skeleton.tsx";
import { QueryFailure } from "../QueryFailure.tsx";
import { ConnectionsCard } from "./ConnectionsCard.tsx";
import { DirectoryCard } from "./DirectoryCard.tsx";
import { DomainsCard } from "./DomainsCard.tsx";
import { JoiningCard } from "./JoiningCard.tsx";
import { RequirementsCard } from "./RequirementsCard.tsx";

interface SignInScreenProps {
  organisation: string;
  /** Id of a try of a connection that has just come back. */
  tried: string | null;
}

/** How members come in: what is asked of them, by which provider, and who keeps the list of them. */
export function SignInScreen({ organisation, tried }: SignInScreenProps) {
  const trpc = useTRPC();
  const { may, whyNot } = useAccess();
  const mayManage = may("signIn.manage");
  const refusal = whyNot("signIn.manage");
  const requirements = useQuery(trpc.sso.requirements.get.queryOptions({ organisation }, { enabled: mayManage }));
  return (
    <>
      <PageHeader
        title="Sign-in"
        description="How members come in, by your own provider of identities too, and what is asked of them."
      />
      {refusal ? <Banner tone="info">{refusal}</Banner> : null}
      {requirements.error ? <QueryFailure query={requirements} /> : null}
      {!refusal && requirements.isPending ? <Skeleton className="h-48" /> : null}
      {requirements.data ? (
        <>
          <RequirementsCard organisation={organisation} known={requirements.data} />
          <DomainsCard organisation={organisation} />
          <ConnectionsCard organisation={organisation} tried={tried} />
          <JoiningCard organisation={organisation} />
          <DirectoryCard organisation={organisation} />
        </>
      ) : null}
    </>
  );
}
