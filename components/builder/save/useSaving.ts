"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { toast } from "sonner";
import type { BuilderPort, CommitSummary, Divergence } from "../BuilderPort.ts";
import type { BuilderStore } from "../state/BuilderStore.ts";
import { changedFiles } from "../state/changedFiles.ts";
import { readBuilt } from "../state/readBuilt.ts";

interface SavingOptions {
  readonly store: BuilderStore;
  readonly port: BuilderPort;
  /** The newest commit that is known of, from whomever. */
  readonly head: CommitSummary | null;
  /** Called when there are errors, so that they are shown. */
  readonly onErrors: () => void;
}

/** Saving, and noticing that others have saved. */
export function useSaving({ store, port, head, onErrors }: SavingOptions) {
  const [pending, setPending] = useState(false);
  const [divergence, setDivergence] = useState<Divergence | null>(null);
  const busy = useRef(false);
  const latest = useRef({ port, onErrors });
  useEffect(() => {
    latest.current = { port, onErrors };
  });

  const attempt = useCallback(async (work: () => Promise<void>) => {
    if (busy.current) return;
    busy.current = true;
    setPending(true);
    try {
      await work();
    } catch (error) {
      toast.error(error instanceof Error ? error.message : "That did not work. Try again in a moment.");
    } finally {
      busy.current = false;
      setPending(false);
    }
  }, []);

  const save = useCallback(
    (message?: string) =>
      attempt(async () => {
        const { base, history, reading, dirty } = store.getState();
        if (!dirty) return;
        const { whyNotSave } = latest.current.port;
        if (whyNotSave !== undefined) throw new Error(whyNotSave);
        const errors = reading.problems.filter(({ severity }) => severity === "error").length;
        if (errors > 0) {
          latest.current.onErrors();
          toast.error(
            errors === 1 ? "Mend the problem before you save." : `Mend the ${errors} problems before you save.`,
          );
          return;
        }
        store.seal();
        const { sources } = history.present;
        const files = changedFiles(base.files, sources);
        const result = await latest.current.port.save({
          base: base.commit,
          files,
          ...(message === undefined ? {} : { message }),
        });
        if (result.status === "diverged") setDivergence(result);
        else {
          store.saved(result.saved, sources);
          toast.success(`Saved ${result.saved.commit.slice(0, 7)}.`);
        }
      }),
    [attempt, store],
  );

  const merge = useCallback(
    ({ theirs, merged }: Divergence) =>
      attempt(async () => {
        const label = `Merge the changes of ${theirs.author}`;
        if (readBuilt(merged).model === null) {
          // Both sides were sound, together they are not: that is for a person to mend.
          const revision = await latest.current.port.load();
          if (revision.commit !== theirs.commit) throw new Error("Somebody saved again meanwhile. Save once more.");
          store.restore(revision, merged, label);
          setDivergence(null);
          latest.current.onErrors();
          toast.warning("Merged, but not saved: mend the problems first.");
          return;
        }
        const { base } = store.getState();
        const gone = Object.keys(base.files).filter((path) => !Object.hasOwn(merged, path));
        const files = { ...merged, ...Object.fromEntries(gone.map((path) => [path, null])) };
        const result = await latest.current.port.save({ base: theirs.commit, files });
        if (result.status === "diverged") {
          setDivergence(result);
          return;
        }
        // A new beginning: undoing past a merge would take their changes back.
        store.open({ commit: result.saved.commit, files: merged, lastCommit: result.saved });
        setDivergence(null);
        toast.success(`Merged and saved ${result.saved.commit.slice(0, 7)}.`);
      }),
    [attempt, store],
  );

  useFollowHead({ store, head, load: latest });

  return { pending, save, merge, divergence, keepEditing: useCallback(() => setDivergence(null), []) };
}

interface FollowOptions {
  readonly store: BuilderStore;
  readonly head: CommitSummary | null;
  readonly load: { readonly current: { readonly port: BuilderPort } };
}

/** Takes over what others saved, as long as nothing here is unsaved. */
function useFollowHead({ store, head, load }: FollowOptions): void {
  useEffect(() => {
    if (!head || head.commit === store.getState().base.commit || store.getState().dirty) return;
    let gone = false;
    load.current.port.load().then(
      (revision) => {
        const now = store.getState();
        if (gone || now.dirty || revision.commit === now.base.commit) return;
        store.open(revision);
        toast(`Updated to ${revision.lastCommit ? `${revision.lastCommit.author}'s changes` : "the newest commit"}.`);
      },
      // The next look at the branch tries again.
      () => {},
    );
    return () => {
      gone = true;
    };
  }, [head, store, load]);
}
