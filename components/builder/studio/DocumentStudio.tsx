"use client";

import { type ReactNode, useMemo, useState } from "react";
import { toast } from "sonner";
import { useCommands } from "#components/ui/CommandRegistry.tsx";
import { TickedText } from "#components/ui/TickedText.tsx";
import { type BuilderActions, BuilderProvider, useBuilder } from "../BuilderContext.tsx";
import type { BuilderPort, CommitSummary, Revision } from "../BuilderPort.ts";
import { ProblemsPanel } from "../problems/ProblemsPanel.tsx";
import { BehindBanner } from "../save/BehindBanner.tsx";
import { MergeDialog } from "../save/MergeDialog.tsx";
import { RestoreDialog } from "../save/RestoreDialog.tsx";
import { OfflineBadge, SaveStatus } from "../save/SaveStatus.tsx";
import { useKeptDraft } from "../save/useKeptDraft.ts";
import { useSaving } from "../save/useSaving.ts";
import { BuilderStore } from "../state/BuilderStore.ts";
import { HistoryButtons } from "../toolbar/HistoryButtons.tsx";
import { SaveButtons } from "../toolbar/SaveButtons.tsx";
import { useBuilderKeys } from "../useBuilderKeys.ts";
import { useDocumentCommands } from "../useDocumentCommands.tsx";
import { useLeaveGuard } from "../useLeaveGuard.ts";
import { useOnline } from "../useOnline.ts";

/** The document that a studio edits. */
export interface StudioDocument {
  /** Names what is kept in the browser for this project; the builder's own, so that unsaved work goes along. */
  readonly storageKey: string;
  readonly revision: Revision;
  readonly head: CommitSummary | null;
  readonly port: BuilderPort;
}

interface DocumentStudioProps {
  document: StudioDocument;
  /** The heading of its commands in the palette. */
  group: string;
  /** The ways to the sections. */
  tabs: ReactNode;
  /** Shows where something of the model is edited. */
  onShowPlace: (path: readonly string[]) => void;
  onOpenCode: () => void;
  children: ReactNode;
}

/** Edits and saves a part of the model that is not drawn on the canvas, as the builder does. Knows no server. */
export function DocumentStudio(props: DocumentStudioProps) {
  const { document, group, tabs, onShowPlace, onOpenCode, children } = props;
  const { storageKey, revision, head, port } = document;
  const [store] = useState(() => new BuilderStore(revision));
  const [problemsOpen, setProblemsOpen] = useState(false);
  const actions = useMemo<BuilderActions>(() => {
    const nothing = () => {};
    return {
      run(command, options) {
        const refused = store.run(command, options);
        if (refused) toast.error(<TickedText>{refused.message}</TickedText>);
        return refused === null;
      },
      showProblem: ({ path }) => onShowPlace(path),
      showPlace: onShowPlace,
      openCode: onOpenCode,
      // Nothing is selected, drawn or made here.
      select: nothing,
      reveal: nothing,
      remove: nothing,
      askForResource: nothing,
    };
  }, [store, onShowPlace, onOpenCode]);
  const saving = useSaving({ store, port, head, onErrors: () => setProblemsOpen(true) });
  const kept = useKeptDraft(store, storageKey);
  useLeaveGuard(store);
  useBuilderKeys({ store, actions, onFind: () => {}, onSave: saving.save });
  return (
    <BuilderProvider store={store} actions={actions}>
      <StudioCommands group={group} onSave={saving.save} />
      <div className="flex min-h-0 flex-1 flex-col">
        <div className="flex shrink-0 items-center gap-1 border-b bg-surface px-2 max-lg:flex-wrap">
          {tabs}
          <section aria-label="Document" className="ml-auto">
            <div role="toolbar" aria-label="Document" className="flex h-10 items-center gap-1">
              <HistoryButtons />
              <Saved />
              <SaveButtons
                problemsOpen={problemsOpen}
                onProblemsOpenChange={setProblemsOpen}
                saving={saving.pending}
                onSave={saving.save}
              />
            </div>
          </section>
        </div>
        <BehindBanner head={head} pending={saving.pending} onMerge={() => saving.save()} />
        {children}
        {problemsOpen ? <ProblemsPanel onClose={() => setProblemsOpen(false)} /> : null}
      </div>
      <MergeDialog
        divergence={saving.divergence}
        pending={saving.pending}
        onKeepEditing={saving.keepEditing}
        onMerge={saving.merge}
      />
      <RestoreDialog draft={kept.offered} onRestore={kept.restore} onDiscard={kept.discard} />
    </BuilderProvider>
  );
}

/** The column of a studio that scrolls. */
export function StudioPage({ children }: { children: ReactNode }) {
  return (
    <main className="min-h-0 flex-1 overflow-y-auto">
      <div className="mx-auto flex w-full max-w-6xl flex-col gap-5 px-4 py-5 sm:px-6 sm:py-6">{children}</div>
    </main>
  );
}

/** Inside the provider, so that the palette's commands know the document. */
function StudioCommands({ group, onSave }: { group: string; onSave: () => void }) {
  useCommands(useDocumentCommands(group, onSave).filter((command) => command !== null));
  return null;
}

function Saved() {
  const { commit, lastCommit } = useBuilder((state) => state.base);
  const online = useOnline();
  return (
    <>
      {online ? null : <OfflineBadge />}
      <SaveStatus commit={commit} lastCommit={lastCommit} className="mx-1 max-xl:hidden" />
    </>
  );
}
