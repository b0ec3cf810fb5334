"use client";

import { Builder } from "#components/builder/Builder.tsx";
import type { ProjectScope } from "../ProjectScope.ts";
import { BuilderSkeleton } from "./BuilderSkeleton.tsx";
import { DocumentFailure } from "./DocumentFailure.tsx";
import { useBuilderDocument } from "./useBuilderDocument.ts";

/** The builder of a project's model, reading from and saving to the project's repository. */
export function ModelScreen(scope: ProjectScope) {
  const { model, revision, head, port, storageKey, layoutKey } = useBuilderDocument(scope);
  if (model.isError) return <DocumentFailure query={model} />;
  if (!revision) return <BuilderSkeleton />;
  return (
    <div className="flex h-[calc(100dvh-3rem-1px)] flex-col md:h-[calc(100dvh-5.25rem-1px)]">
      <Builder
        key={storageKey}
        storageKey={storageKey}
        layoutKey={layoutKey}
        revision={revision}
        head={head}
        port={port}
      />
    </div>
  );
}
