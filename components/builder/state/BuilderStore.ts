import { AppError } from "#lib/errors/AppError.ts";
import { applyCommand } from "#lib/model/commands/applyCommand.ts";
import type { ModelCommand } from "#lib/model/commands/ModelCommand.ts";
import type { ReadResult } from "#lib/model/read/readModel.ts";
import type { Sources } from "#lib/model/sources.ts";
import type { CommitSummary, Revision } from "../BuilderPort.ts";
import { commandLabel } from "./commandLabel.ts";
import { drawnModel } from "./drawnModel.ts";
import {
  type History,
  recordChange,
  redoChange,
  sameSources,
  sealHistory,
  startHistory,
  undoChange,
} from "./history.ts";
import { readBuilt } from "./readBuilt.ts";
import { followSelection, type Selection, sameSelection } from "./Selection.ts";

export interface BuilderState {
  /** The commit that the changes are made on. */
  readonly base: Revision;
  readonly history: History;
  /** What the present sources say; its draft keeps the shape of a resource whose file cannot be read for the moment. */
  readonly reading: ReadResult;
  readonly dirty: boolean;
  readonly selection: Selection | null;
}

/** Changes with the same key that follow each other are undone as one. */
interface RunOptions {
  readonly key?: string;
}

/** The document that is being edited: sources, how they came about, what they say. Knows neither React nor a server. */
export class BuilderStore {
  #state: BuilderState;
  readonly #listeners = new Set<() => void>();

  constructor(base: Revision) {
    this.#state = opened(base);
  }

  readonly getState = (): BuilderState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Null when it was done, else why it cannot be. */
  readonly run = (command: ModelCommand, { key }: RunOptions = {}): AppError | null => {
    try {
      const sources = applyCommand(this.#state.history.present.sources, command);
      this.#record(sources, commandLabel(command), key);
      return null;
    } catch (error) {
      if (error instanceof AppError) return error;
      throw error;
    }
  };

  /** Puts a file's text as it was typed; what is typed without a pause is one step. */
  readonly edit = (path: string, text: string): void => {
    this.#record({ ...this.#state.history.present.sources, [path]: text }, `Edit ${path}`, `edit ${path}`);
  };

  readonly replace = (sources: Sources, label: string): void => this.#record(sources, label);

  readonly undo = (): void => this.#move(undoChange(this.#state.history));

  readonly redo = (): void => this.#move(redoChange(this.#state.history));

  /** Ends a run of typing: the next change is a step of its own. */
  readonly seal = (): void => {
    const history = sealHistory(this.#state.history);
    if (history !== this.#state.history) this.#set({ ...this.#state, history });
  };

  readonly select = (selection: Selection | null): void => {
    if (!sameSelection(selection, this.#state.selection)) this.#set({ ...this.#state, selection });
  };

  /** `sources` stand in the repository now; what was changed meanwhile stays unsaved. */
  readonly saved = (saved: CommitSummary, sources: Sources): void => {
    const base = { commit: saved.commit, files: sources, lastCommit: saved };
    const { history } = this.#state;
    this.#set({ ...this.#state, base, dirty: !sameSources(history.present.sources, sources) });
  };

  /** Starts over from another commit; what was selected stays so where it still is. */
  readonly open = (base: Revision): void => {
    const next = opened(base);
    this.#set({ ...next, selection: followSelection(this.#state.selection, this.#model, next.reading.draft) });
  };

  /** Goes on from changes that were kept. */
  readonly restore = (base: Revision, sources: Sources, label = "Restore unsaved changes"): void => {
    this.open(base);
    this.#record(sources, label);
  };

  get #model() {
    return this.#state.reading.draft;
  }

  #record(sources: Sources, label: string, key?: string): void {
    this.#move(recordChange(this.#state.history, { sources, label, ...(key === undefined ? {} : { key }) }));
  }

  #move(history: History): void {
    if (history === this.#state.history) return;
    const { sources } = history.present;
    const { base, selection } = this.#state;
    const read = readBuilt(sources);
    const draft = drawnModel(this.#model, read);
    this.#set({
      base,
      history,
      reading: { ...read, draft },
      dirty: !sameSources(sources, base.files),
      selection: followSelection(selection, this.#model, draft),
    });
  }

  #set(state: BuilderState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}

function opened(base: Revision): BuilderState {
  return {
    base,
    history: startHistory(base.files),
    reading: readBuilt(base.files),
    dirty: false,
    selection: null,
  };
}
