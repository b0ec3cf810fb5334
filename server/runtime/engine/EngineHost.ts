import type { Environment } from "../host/Environment.ts";
import type { ShiftLimits } from "./Shift.ts";

/** What the engine needs of the program around it. */
export interface EngineHost {
  /** The environment as it is served now, for as long as the work takes; null where there is none. */
  with<Result>(id: string, work: (environment: Environment) => Promise<Result>): Promise<Result | null>;
  /** Puts this release of an environment to sleep, unless another serves by now or somebody is in it. */
  rest(environment: Environment): void;
}

export interface EngineLimits extends ShiftLimits {
  /** Environments at work at the same time, each with a connection. */
  readonly environments: number;
  /** Jobs of one environment at the same time. */
  readonly jobs: number;
  /** Environments that sleep are looked at so often, each for itself. */
  readonly sweepSeconds: number;
  /** After a start, environments are looked at within so long. */
  readonly resumeSeconds: number;
}

export const defaultEngineLimits: EngineLimits = {
  environments: 16,
  jobs: 8,
  lingerSeconds: 60,
  sliceSeconds: 2,
  sweepSeconds: 300,
  resumeSeconds: 60,
};
