"use client";

import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useCallback, useMemo, useState } from "react";
import { BehaviourProvider } from "#components/builder/processes/studio/BehaviourContext.tsx";
import {
  type BehaviourPlace,
  partsOf,
  placeOf,
  placeOfProblem,
} from "#components/builder/processes/studio/BehaviourPlace.ts";
import { BehaviourSection } from "#components/builder/processes/studio/BehaviourSection.tsx";
import { DocumentStudio } from "#components/builder/studio/DocumentStudio.tsx";
import { usePlace } from "#components/shell/usePlace.ts";
import { useTRPC } from "#components/trpc/TRPCProvider.tsx";
import { Skeleton } from "#components/ui/Skeleton.tsx";
import { DocumentFailure } from "../model/DocumentFailure.tsx";
import { useBuilderDocument } from "../model/useBuilderDocument.ts";
import type { ProjectScope } from "../ProjectScope.ts";
import { BehaviourTabs } from "./BehaviourTabs.tsx";
import { useShownParts } from "./useShownParts.ts";

const nowhere = async () => null;

/** The behaviour studio of a project; what is unsaved stays while one goes from place to place. */
export function BehaviourScreen({ organisation, project }: ProjectScope) {
  const router = useRouter();
  const trpc = useTRPC();
  const base = `/${organisation}/${project}/behaviour`;
  const place: BehaviourPlace = placeOf(useShownParts(base)) ?? { kind: "overview" };
  const { model, revision, head, port, storageKey } = useBuilderDocument({ organisation, project });
  const { environment: shown, hrefTo } = usePlace();
  const environment = useQuery(
    trpc.deployments.environment.queryOptions({ organisation, project, environment: shown }),
  );
  const hrefOf = useCallback(
    (to: BehaviourPlace) => hrefTo([base, ...partsOf(to).map(encodeURIComponent)].join("/")),
    [base, hrefTo],
  );
  const appUrl = environment.data?.url ?? null;
  const { openTester = nowhere } = port;
  const [wanted, setWanted] = useState<readonly string[] | null>(null);
  const behaviour = useMemo(
    () => ({ openTester, appUrl, hrefOf, wanted, go: (to: BehaviourPlace) => router.push(hrefOf(to)) }),
    [openTester, appUrl, hrefOf, wanted, router],
  );
  const openModel = useCallback(
    () => router.push(hrefTo(`/${organisation}/${project}/model`)),
    [router, organisation, project, hrefTo],
  );
  const showPlace = useCallback(
    (path: readonly string[]) => {
      const to = placeOfProblem(path);
      if (!to) return openModel();
      setWanted([...path]);
      router.push(hrefOf(to));
    },
    [router, hrefOf, openModel],
  );
  if (model.isError) return <DocumentFailure query={model} />;
  const tabs = <BehaviourTabs hrefOf={hrefOf} place={place} />;
  return (
    <div className="flex h-[calc(100dvh-3rem-1px)] flex-col md:h-[calc(100dvh-5.25rem-1px)]">
      {revision === null ? (
        <>
          <div className="shrink-0 border-b bg-surface px-2">{tabs}</div>
          <div className="mx-auto flex w-full max-w-5xl flex-col gap-5 px-4 py-6 sm:px-6">
            <Skeleton className="h-10" />
            <Skeleton className="h-64" />
          </div>
        </>
      ) : (
        <BehaviourProvider port={behaviour}>
          <DocumentStudio
            key={storageKey}
            document={{ storageKey, revision, head, port }}
            group="Behaviour"
            tabs={tabs}
            onShowPlace={showPlace}
            onOpenCode={openModel}
          >
            <BehaviourSection place={place} />
          </DocumentStudio>
        </BehaviourProvider>
      )}
    </div>
  );
}
