"use client";

import { usePathname, useRouter } from "next/navigation";
import { type ReactNode, useCallback } from "react";
import { type ApiSection, isApiSection } from "#components/builder/api/ApiSection.ts";
import { ApiStudio } from "#components/builder/api/ApiStudio.tsx";
import { usePlace } from "#components/shell/usePlace.ts";
import { Skeleton } from "#components/ui/Skeleton.tsx";
import { DocumentFailure } from "../model/DocumentFailure.tsx";
import { useBuilderDocument } from "../model/useBuilderDocument.ts";
import type { ProjectScope } from "../ProjectScope.ts";
import { ApiTabs } from "./ApiTabs.tsx";
import { OpenTesterProvider } from "./OpenTester.tsx";
import { sectionHref } from "./sectionHref.ts";

/** The API studio of a project around one of its sections; what is unsaved stays while one goes from one to another. */
export function ApiStudioScreen({ organisation, project, children }: ProjectScope & { children: ReactNode }) {
  const router = useRouter();
  const { hrefTo } = usePlace();
  const last = usePathname().split("/").at(-1) ?? "";
  const current = isApiSection(last) ? last : "connect";
  const { model, revision, head, port, storageKey } = useBuilderDocument({ organisation, project });
  const onNavigate = useCallback(
    (section: ApiSection | null) => router.push(hrefTo(sectionHref({ organisation, project }, section))),
    [router, organisation, project, hrefTo],
  );
  if (model.isError) return <DocumentFailure query={model} />;
  const tabs = <ApiTabs scope={{ organisation, project }} current={current} />;
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
        <OpenTesterProvider value={port.openTester ?? null}>
          <ApiStudio
            key={storageKey}
            document={{ storageKey, revision, head, port }}
            tabs={tabs}
            onNavigate={onNavigate}
          >
            {children}
          </ApiStudio>
        </OpenTesterProvider>
      )}
    </div>
  );
}
