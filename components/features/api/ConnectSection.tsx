"use client";

import { useQuery } from "@tanstack/react-query";
import { Rocket } from "lucide-react";
import Link from "next/link";
import { QueryFailure } from "#components/features/QueryFailure.tsx";
import { usePlace } from "#components/shell/usePlace.ts";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { Banner } from "#components/ui/Banner.tsx";
import { Button } from "#components/ui/Button.tsx";
import { PageHeader } from "#components/ui/PageHeader.tsx";
import { Skeleton } from "#components/ui/Skeleton.tsx";
import type { ProjectScope } from "../ProjectScope.ts";
import { AddressCard } from "./AddressCard.tsx";
import { ExampleCard } from "./ExampleCard.tsx";
import { KeyCard } from "./KeyCard.tsx";

/** How to call the app: addresses, keys, examples. */
export function ConnectSection(props: ProjectScope) {
  const trpc = useTRPC();
  const { environment: shown, hrefTo } = usePlace();
  const scope = { ...props, environment: shown };
  const environment = useQuery(trpc.deployments.environment.queryOptions(scope));
  if (environment.error) return <QueryFailure query={environment} />;
  if (!environment.data) return <Skeleton className="h-64" />;
  const { url, release } = environment.data;
  return (
    <>
      <PageHeader
        title="Connect"
        description="REST and GraphQL over the same model, at the app's own address, behind a key."
      />
      {release === null ? (
        <Banner
          title="Nothing is deployed yet"
          actions={
            <Button asChild size="sm" icon={<Rocket />}>
              <Link href={hrefTo(`/${scope.organisation}/${scope.project}/ship`)}>Go to Ship</Link>
            </Button>
          }
        >
          The addresses below answer once the first release is live.
        </Banner>
      ) : null}
      <AddressCard url={url} />
      <KeyCard {...scope} />
      <ExampleCard {...scope} url={url} />
    </>
  );
}
