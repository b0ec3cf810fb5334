"use client";

import { createContext, type ReactNode, use, useSyncExternalStore } from "react";
import type { ModelCommand } from "#lib/model/commands/ModelCommand.ts";
import type { Problem } from "#lib/model/Problem.ts";
import type { BuilderState, BuilderStore } from "./state/BuilderStore.ts";
import type { Selection } from "./state/Selection.ts";

/** What any part of the builder may ask of the whole. Never changes while the builder is on the screen. */
export interface BuilderActions {
  /** True when it was done; otherwise the reason is shown. */
  run(command: ModelCommand, options?: { readonly key?: string }): boolean;
  select(selection: Selection | null): void;
  /** Selects and brings into view; `focus` moves the keyboard into the inspector. */
  reveal(selection: Selection, options?: { readonly focus?: boolean }): void;
  /** Selects what the problem is about and puts the cursor into its field. */
  showProblem(problem: Problem): void;
  /** Selects what stands at the place in the model and puts the cursor into its field. */
  showPlace(path: readonly string[]): void;
  /** Removes at once where nothing else goes along and the thing is small; asks otherwise. */
  remove(selection: Selection): void;
  /** Asks for the name of a new resource; `at` is where on the canvas it shall stand. */
  askForResource(at?: { readonly x: number; readonly y: number }): void;
  openCode(): void;
}

interface BuilderParts {
  readonly store: BuilderStore;
  readonly actions: BuilderActions;
}

const BuilderContext = createContext<BuilderParts | null>(null);

export function BuilderProvider({ store, actions, children }: BuilderParts & { children: ReactNode }) {
  return <BuilderContext value={{ store, actions }}>{children}</BuilderContext>;
}

function useParts(): BuilderParts {
  const parts = use(BuilderContext);
  if (!parts) throw new Error("This belongs inside a builder.");
  return parts;
}

export function useBuilderStore(): BuilderStore {
  return useParts().store;
}

export function useBuilderActions(): BuilderActions {
  return useParts().actions;
}

/** A part of the document; `select` must answer the same object while nothing changed. */
export function useBuilder<Part>(select: (state: BuilderState) => Part): Part {
  const { store } = useParts();
  const snapshot = () => select(store.getState());
  return useSyncExternalStore(store.subscribe, snapshot, snapshot);
}

export function useDraft() {
  return useBuilder((state) => state.reading.draft);
}

export function useProblems() {
  return useBuilder((state) => state.reading.problems);
}

export function useSelection() {
  return useBuilder((state) => state.selection);
}
