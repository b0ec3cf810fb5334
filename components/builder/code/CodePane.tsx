"use client";

import { lazy, Suspense } from "react";
import { Select } from "#components/ui/Select.tsx";
import { Skeleton } from "#components/ui/Skeleton.tsx";
import { configFile } from "#lib/model/read/modelFiles.ts";
import { useBuilder, useBuilderActions, useBuilderStore, useProblems, useSelection } from "../BuilderContext.tsx";
import type { Selection } from "../state/Selection.ts";

const CodeEditor = lazy(() => import("./CodeEditor.tsx"));

/** A file that someone asked for; it is shown until something else is selected. */
export interface ChosenFile {
  readonly file: string;
  readonly selection: Selection | null;
}

interface CodePaneProps {
  chosen: ChosenFile | null;
  onChoose: (chosen: ChosenFile) => void;
}

/** The file that would be committed: that of what is selected, or the one that was chosen. */
export function CodePane({ chosen, onChoose }: CodePaneProps) {
  const sources = useBuilder((state) => state.history.present.sources);
  const places = useBuilder((state) => state.reading.places);
  const problems = useProblems();
  const selection = useSelection();
  const store = useBuilderStore();
  const { run } = useBuilderActions();

  const place = selection ? places.rangeOf(pathOf(selection)) : null;
  const wanted = chosen && chosen.selection === selection ? chosen.file : (place?.file ?? configFile);
  const files = Object.keys(sources).sort();
  const file = Object.hasOwn(sources, wanted) ? wanted : (files[0] ?? configFile);
  const marked = new Set(problems.map((problem) => problem.file));

  return (
    <section aria-label="Code" className="flex h-full min-h-0 flex-col bg-surface">
      <div className="flex h-11 shrink-0 items-center gap-2 border-b px-2">
        <Select
          size="sm"
          aria-label="File"
          className="max-w-72 font-mono"
          value={file}
          onValueChange={(path) => onChoose({ file: path, selection })}
          options={files.map((path) => ({ value: path, label: marked.has(path) ? `${path} (has problems)` : path }))}
        />
      </div>
      <div className="min-h-0 flex-1">
        <Suspense fallback={<EditorSkeleton />}>
          <CodeEditor
            key={file}
            file={file}
            text={sources[file] ?? ""}
            problems={problems}
            place={place?.file === file ? place.range : null}
            onEdit={(text) => store.edit(file, text)}
            onLeave={store.seal}
            run={run}
          />
        </Suspense>
      </div>
    </section>
  );
}

function pathOf(selection: Selection): readonly string[] {
  switch (selection.kind) {
    case "resource":
    case "valueObject":
      return [selection.resource];
    case "attribute":
      return [selection.resource, "attributes", selection.name];
    case "relationship":
      return [selection.resource, "relationships", selection.name];
    case "calculation":
      return [selection.resource, "calculations", selection.name];
    case "aggregate":
      return [selection.resource, "aggregates", selection.name];
    case "action":
      return [selection.resource, "actions", selection.name];
  }
}

function EditorSkeleton() {
  return (
    <div className="flex flex-col gap-2 p-4" role="status" aria-label="Loading the editor">
      {[40, 70, 55, 62, 30].map((width) => (
        <div key={width} style={{ width: `${width}%` }}>
          <Skeleton />
        </div>
      ))}
    </div>
  );
}
