import { AppError } from "#lib/errors/AppError.ts";
import type { TestResult } from "#lib/model/testTypes.ts";
import { readCheckedApp } from "../../functions/readCheckedApp.ts";
import { readFiles } from "../repository/service.ts";
import { type GateProgress, runGate } from "./runGate.ts";

/** Of this process: what is shown while somebody waits. */
const underWay = new Map<string, GateProgress>();

export interface HandRun {
  readonly commit: string;
  readonly results: readonly TestResult[];
}

interface Asked {
  readonly projectId: string;
  readonly branch: string;
}

/** Runs the tests of a branch as it stands. */
export async function runByHand({ projectId, branch }: Asked): Promise<HandRun> {
  const key = keyOf({ projectId, branch });
  if (underWay.has(key)) throw new AppError("conflict", "The tests of this branch are being run already.");
  underWay.set(key, { done: 0, total: 0 });
  try {
    const { commit, files } = await readFiles(projectId, branch);
    const { model } = await readCheckedApp(files);
    if (!model) throw new AppError("invalid_model", "The model or its tests have errors. Mend them first.");
    const results = await runGate({ model, files, onProgress: (progress) => void underWay.set(key, progress) });
    return { commit, results };
  } finally {
    underWay.delete(key);
  }
}

/** How far a run of this process is; null where none is under way. */
export function progressOf(asked: Asked): GateProgress | null {
  return underWay.get(keyOf(asked)) ?? null;
}

const keyOf = ({ projectId, branch }: Asked) => `${projectId} ${branch}`;
