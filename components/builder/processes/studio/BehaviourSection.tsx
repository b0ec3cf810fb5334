"use client";

import { Workflow } from "lucide-react";
import { Button } from "#components/ui/Button.tsx";
import { EmptyState } from "#components/ui/EmptyState.tsx";
import { useDraft } from "../../BuilderContext.tsx";
import { StudioPage } from "../../studio/DocumentStudio.tsx";
import { TryDesk } from "../dryRun/TryDesk.tsx";
import { ProcessEditor } from "../editor/ProcessEditor.tsx";
import { FunctionsSection } from "../functions/FunctionsSection.tsx";
import { BehaviourOverview } from "../overview/BehaviourOverview.tsx";
import { RunSection } from "../runs/RunSection.tsx";
import { RunsSection } from "../runs/RunsSection.tsx";
import type { BehaviourPlace } from "./BehaviourPlace.ts";
import { PlaceLink } from "./PlaceLink.tsx";
import { ProcessHead } from "./ProcessHead.tsx";
import { useNamedOrRenamed } from "./useNamedOrRenamed.ts";

/** What the studio shows at a place. */
export function BehaviourSection({ place }: { place: BehaviourPlace }) {
  switch (place.kind) {
    case "overview":
      return (
        <StudioPage>
          <BehaviourOverview />
        </StudioPage>
      );
    case "process":
      return <ProcessSection place={place} />;
    case "functions":
      return (
        <StudioPage>
          <FunctionsSection name={place.name} />
        </StudioPage>
      );
    case "runs":
      return place.run === undefined ? (
        <StudioPage>
          <RunsSection />
        </StudioPage>
      ) : (
        <RunSection id={place.run} />
      );
  }
}

function ProcessSection({ place }: { place: Extract<BehaviourPlace, { readonly kind: "process" }> }) {
  const { processes = [] } = useDraft();
  const process = useNamedOrRenamed(processes, place.name);
  if (!process) {
    return (
      <StudioPage>
        <EmptyState
          icon={<Workflow />}
          title={`There is no process ${place.name}`}
          description="It may have been renamed or removed, or it was not saved."
          action={
            <Button asChild>
              <PlaceLink to={{ kind: "overview" }}>All processes</PlaceLink>
            </Button>
          }
        />
      </StudioPage>
    );
  }
  return (
    <main className="flex min-h-0 flex-1 flex-col">
      <ProcessHead process={process} view={place.view} />
      {place.view === "flow" ? <ProcessEditor process={process} /> : null}
      {place.view === "runs" ? (
        <div className="min-h-0 flex-1 overflow-y-auto">
          <div className="mx-auto flex w-full max-w-6xl flex-col gap-5 px-4 py-5 sm:px-6 sm:py-6">
            <RunsSection process={process.name} />
          </div>
        </div>
      ) : null}
      {place.view === "try" ? <TryDesk key={process.name} process={process} /> : null}
    </main>
  );
}
