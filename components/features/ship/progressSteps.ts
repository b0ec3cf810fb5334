import type { Step, StepState } from "#components/ui/StepProgress.tsx";

interface DeploymentStep {
  readonly name: string;
  readonly state: StepState;
  readonly detail: string | null;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
}

const labels: Readonly<Record<string, string>> = {
  verify: "Verify the model",
  compile: "Compile the snapshot",
  provision: "Prepare the database",
  plan: "Plan the schema",
  test: "Run the tests",
  approve: "Wait for approval",
  apply: "Apply the schema",
  rows: "Insert the seed rows",
  rollout: "Roll out",
  switch: "Switch over",
};

export function stepLabel(name: string): string {
  return labels[name] ?? name;
}

/** A deployment's steps as the progress list shows them. */
export function progressSteps(steps: readonly DeploymentStep[]): Step[] {
  return steps.map(({ name, state, detail, startedAt, finishedAt }) => ({
    name,
    label: stepLabel(name),
    state,
    detail,
    meta: startedAt && finishedAt ? duration(finishedAt.getTime() - startedAt.getTime()) : undefined,
  }));
}

function duration(milliseconds: number): string {
  return milliseconds < 1000 ? `${milliseconds} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}
