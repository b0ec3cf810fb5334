"use client";

import type { Viewport } from "@xyflow/react";
import { useMemo, useRef, useState } from "react";
import { toast } from "sonner";
import { Banner } from "#components/ui/Banner.tsx";
import { TickedText } from "#components/ui/TickedText.tsx";
import type { ModelCommand } from "#lib/model/commands/ModelCommand.ts";
import type { Model } from "#lib/model/types.ts";
import { AddResourceDialog } from "./AddResourceDialog.tsx";
import { type BuilderActions, BuilderProvider, useDraft } from "./BuilderContext.tsx";
import type { BuilderPort, CommitSummary, Revision } from "./BuilderPort.ts";
import { BuilderToolbar, type BuilderView } from "./BuilderToolbar.tsx";
import { Canvas, type CanvasHandle } from "./canvas/Canvas.tsx";
import { type ChosenFile, CodePane } from "./code/CodePane.tsx";
import { EmptyModel } from "./EmptyModel.tsx";
import { FindDialog } from "./FindDialog.tsx";
import { focusField, focusSoon } from "./inspector/focusField.ts";
import { Inspector } from "./inspector/Inspector.tsx";
import { AccessView } from "./policies/AccessView.tsx";
import { ProblemsPanel } from "./problems/ProblemsPanel.tsx";
import { RemoveDialog } from "./RemoveDialog.tsx";
import { BehindBanner } from "./save/BehindBanner.tsx";
import { MergeDialog } from "./save/MergeDialog.tsx";
import { RestoreDialog } from "./save/RestoreDialog.tsx";
import { useKeptDraft } from "./save/useKeptDraft.ts";
import { useSaving } from "./save/useSaving.ts";
import { BuilderStore } from "./state/BuilderStore.ts";
import { isMadeByTransition, removalConsequences } from "./state/removal.ts";
import { type Selection, selectionOf } from "./state/Selection.ts";
import { ModelTable, type TableHandle } from "./table/ModelTable.tsx";
import { useBuilderCommands } from "./useBuilderCommands.tsx";
import { useBuilderKeys } from "./useBuilderKeys.ts";
import { useLeaveGuard } from "./useLeaveGuard.ts";
import { useRemembered } from "./useRemembered.ts";

export interface BuilderProps {
  /** Names what is kept in the browser of unsaved work. */
  storageKey: string;
  /** Names where the resources stand, which branches share. */
  layoutKey?: string;
  /** The commit to begin with; later ones are loaded through the port. */
  revision: Revision;
  /** The newest commit that is known of, from whomever; null until one looked. */
  head: CommitSummary | null;
  port: BuilderPort;
}

type Removal = { readonly selection: Selection; readonly consequences: readonly string[] };

/** The visual builder: canvas, table and code of one model, edited together. Knows no server. */
export function Builder({ storageKey, layoutKey = storageKey, revision, head, port }: BuilderProps) {
  const [store] = useState(() => new BuilderStore(revision));
  const [view, setView] = useRemembered<BuilderView>("gantry:builder:view", "canvas", [
    "canvas",
    "table",
    "code",
    "access",
  ]);
  const [beside, setBeside] = useRemembered("gantry:builder:code", "off", ["off", "on"]);
  const [problemsOpen, setProblemsOpen] = useState(false);
  const [finding, setFinding] = useState(false);
  const [naming, setNaming] = useState(false);
  const [chosenFile, setChosenFile] = useState<ChosenFile | null>(null);
  const [removal, setRemoval] = useState<Removal | null>(null);
  const canvas = useRef<CanvasHandle | null>(null);
  const table = useRef<TableHandle | null>(null);
  const viewport = useRef<Viewport | null>(null);

  const actions = useMemo<BuilderActions>(() => {
    const run: BuilderActions["run"] = (command, options) => {
      const refused = store.run(command, options);
      if (refused) toast.error(<TickedText>{refused.message}</TickedText>);
      return refused === null;
    };
    const bringIntoView = (selection: Selection) =>
      requestAnimationFrame(() => {
        canvas.current?.reveal(selection.resource);
        table.current?.reveal(selection.resource);
      });
    return {
      run,
      select: (selection) => {
        store.seal();
        store.select(selection);
      },
      reveal(selection, { focus = false } = {}) {
        store.seal();
        store.select(selection);
        bringIntoView(selection);
        if (focus) focusSoon("[data-inspector] [data-autofocus]");
      },
      showProblem(problem) {
        const selection = selectionOf(problem.path, store.getState().reading.draft);
        store.select(selection);
        if (!selection) {
          if (problem.path[0] === "app") return focusField(problem.path);
          setChosenFile({ file: problem.file, selection: null });
          setView("code");
          return;
        }
        bringIntoView(selection);
        focusField(problem.path);
      },
      showPlace(path) {
        const selection = selectionOf(path, store.getState().reading.draft);
        store.seal();
        store.select(selection);
        if (selection) bringIntoView(selection);
        focusField(path);
      },
      remove(selection) {
        const consequences = removalConsequences(store.getState().reading.draft, selection);
        if (!("name" in selection) || consequences.length > 0) setRemoval({ selection, consequences });
        else run(removalOf(selection, store.getState().reading.draft));
      },
      askForResource(at) {
        if (at) canvas.current?.placeNextAt(at);
        setNaming(true);
      },
      openCode: () => setView("code"),
    };
  }, [store, setView]);

  const saving = useSaving({ store, port, head, onErrors: () => setProblemsOpen(true) });
  const kept = useKeptDraft(store, storageKey);
  const find = () => setFinding(true);
  useLeaveGuard(store);
  useBuilderKeys({ store, actions, onFind: find, onSave: saving.save });

  return (
    <BuilderProvider store={store} actions={actions}>
      <BuilderPaletteCommands onSave={saving.save} onFind={find} onViewChange={setView} />
      <main className="flex min-h-0 flex-1 flex-col">
        <h1 className="sr-only">Model</h1>
        <BuilderToolbar
          view={view}
          onViewChange={setView}
          codeBeside={beside === "on"}
          onCodeBesideChange={(on) => setBeside(on ? "on" : "off")}
          problemsOpen={problemsOpen}
          onProblemsOpenChange={setProblemsOpen}
          onFind={find}
          saving={saving.pending}
          onSave={saving.save}
          whyNotSave={port.whyNotSave}
        />
        {port.whyNotSave === undefined ? null : (
          <Banner flush>What you change here is yours to try and is not saved. {port.whyNotSave}</Banner>
        )}
        <BehindBanner head={head} pending={saving.pending} onMerge={() => saving.save()} />
        <div className="flex min-h-0 flex-1">
          <div className="flex min-w-0 flex-1 flex-col">
            <div className="flex min-h-0 flex-1">
              {view === "code" ? null : (
                <div className="min-w-0 flex-1">
                  <Picture
                    view={view}
                    storageKey={layoutKey}
                    canvas={canvas}
                    table={table}
                    viewport={viewport}
                    openTester={port.openTester}
                  />
                </div>
              )}
              {view === "code" || beside === "on" ? (
                <div className={view === "code" ? "min-w-0 flex-1" : "w-[42%] border-l max-lg:hidden"}>
                  <CodePane chosen={chosenFile} onChoose={setChosenFile} />
                </div>
              ) : null}
            </div>
            {problemsOpen ? <ProblemsPanel onClose={() => setProblemsOpen(false)} /> : null}
          </div>
          <Inspector />
        </div>
      </main>
      <AddResourceDialog open={naming} onOpenChange={setNaming} />
      <FindDialog open={finding} onOpenChange={setFinding} />
      <RemoveDialog
        removal={removal}
        onCancel={() => setRemoval(null)}
        onConfirm={(selection) => {
          setRemoval(null);
          actions.run(removalOf(selection, store.getState().reading.draft));
        }}
      />
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

function removalOf(selection: Selection, { resources }: Model): ModelCommand {
  const { resource } = selection;
  switch (selection.kind) {
    case "resource":
      return { type: "removeResource", resource } as const;
    case "valueObject":
      return { type: "removeValueObject", valueObject: resource } as const;
    case "attribute":
      return { type: "removeAttribute", resource, attribute: selection.name } as const;
    case "relationship":
      return { type: "removeRelationship", resource, relationship: selection.name } as const;
    case "calculation":
      return { type: "removeCalculation", resource, calculation: selection.name } as const;
    case "aggregate":
      return { type: "removeAggregate", resource, aggregate: selection.name } as const;
    case "action": {
      const owner = resources.find(({ name }) => name === resource);
      if (!owner?.states || !isMadeByTransition(owner, selection.name)) {
        return { type: "removeAction", resource, action: selection.name };
      }
      const transitions = owner.states.transitions.filter(({ action }) => action !== selection.name);
      return { type: "setStates", resource, states: { ...owner.states, transitions } };
    }
  }
}

interface PictureProps {
  view: BuilderView;
  storageKey: string;
  canvas: React.RefObject<CanvasHandle | null>;
  table: React.RefObject<TableHandle | null>;
  /** Where one looked before another view was shown. */
  viewport: React.RefObject<Viewport | null>;
  openTester: BuilderPort["openTester"];
}

function Picture({ view, storageKey, canvas, table, viewport, openTester }: PictureProps) {
  const { resources } = useDraft();
  if (resources.length === 0) return <EmptyModel />;
  if (view === "access") return <AccessView openTester={openTester} />;
  return view === "table" ? (
    <ModelTable ref={table} />
  ) : (
    <Canvas ref={canvas} storageKey={storageKey} viewport={viewport} />
  );
}

interface PaletteProps {
  onSave: () => void;
  onFind: () => void;
  onViewChange: (view: BuilderView) => void;
}

/** Inside the provider, so that the palette's commands know the document. */
function BuilderPaletteCommands(props: PaletteProps) {
  useBuilderCommands(props);
  return null;
}
