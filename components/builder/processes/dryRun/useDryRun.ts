"use client";

import { useEffect, useState } from "react";
import type { Process } from "#lib/model/processTypes.ts";
import { type DryRun, dryRun, type SampleResult } from "#lib/model/runs/dryRun.ts";
import type { Model } from "#lib/model/types.ts";
import { runFunction } from "../functions/runFunction.ts";
import type { SampleInput } from "./sampleInput.ts";

interface TrialOptions {
  readonly model: Model;
  readonly process: Process;
  readonly input: SampleInput;
  readonly results: Readonly<Record<string, SampleResult>>;
}

export interface Trial {
  readonly run: DryRun | null;
  /** Why it could not be tried. */
  readonly problem: string | null;
  readonly began: Date;
}

/** Tries a process anew whenever it, its inputs or the answers of its steps are others. */
export function useDryRun({ model, process, input, results }: TrialOptions): Trial | null {
  const [trial, setTrial] = useState<Trial | null>(null);
  const said = JSON.stringify([input, results]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: inputs and results that say the same are the same
  useEffect(() => {
    const abort = new AbortController();
    const began = new Date();
    const callFunction = async (name: string, given: SampleInput) => {
      const fn = model.functions?.find((one) => one.name === name);
      if (!fn) throw new Error(`There is no function ${name}.`);
      const outcome = await runFunction({ fn, given, model });
      if (outcome.kind === "value") return outcome.value;
      throw new Error(outcome.line === null ? outcome.message : `${outcome.message} (line ${outcome.line})`);
    };
    dryRun(model, process, { input, results, now: began, callFunction, signal: abort.signal }).then(
      (run) => {
        if (!abort.signal.aborted) setTrial({ run, problem: null, began });
      },
      (error: unknown) => {
        const problem = error instanceof Error ? error.message : String(error);
        if (!abort.signal.aborted) setTrial({ run: null, problem, began });
      },
    );
    return () => abort.abort();
  }, [model, process, said]);
  return trial;
}
