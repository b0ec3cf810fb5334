import type { inferRouterOutputs } from "@trpc/server";
import type { Step, StepState } from "#components/ui/StepProgress.tsx";
import type { AppRouter } from "#server/trpc/root.ts";

type ImportStatus = inferRouterOutputs<AppRouter>["imports"]["get"];

type StepName = NonNullable<ImportStatus["step"]>;

const labels: Readonly<Record<StepName, string>> = {
  load: "Load the dump",
  read: "Read tables and keys",
  save: "Write the model",
  rows: "Copy the rows",
  finish: "Tidy up",
};

/** The steps that an import has and how far each is, for the progress list. */
export function importSteps(status: ImportStatus): Step[] {
  const names = stepsOf(status);
  const current = status.step === null ? -1 : names.indexOf(status.step);
  return names.map((name, index) => {
    const state = stateAt(index, current, status.state);
    const percent = state === "running" ? percentOf(status) : undefined;
    return {
      name,
      label: labels[name],
      state,
      ...(percent === undefined ? {} : { meta: percent }),
      ...(state === "failed" && status.failure ? { detail: status.failure.message } : {}),
    };
  });
}

function stepsOf({ source, withRows }: ImportStatus): StepName[] {
  const all: readonly StepName[] = ["load", "read", "save", "rows", "finish"];
  return all.filter((name) => (name !== "load" || source === "dump") && (name !== "rows" || withRows));
}

function stateAt(index: number, current: number, state: ImportStatus["state"]): StepState {
  if (state === "done" || index < current) return "done";
  if (index > current) return "waiting";
  return state === "failed" ? "failed" : "running";
}

function percentOf({ progress, total }: ImportStatus): string | undefined {
  return progress !== null && total ? `${Math.min(100, Math.floor((100 * progress) / total))} %` : undefined;
}
