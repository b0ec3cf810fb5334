import { defaultEngineLimits, type EngineLimits } from "../engine/EngineHost.ts";
import type { LoadLimits } from "../http/Load.ts";
import type { StreamLimits } from "../http/Streams.ts";
import type { TransferLimits } from "../http/Transfers.ts";

/** What one process takes on at most, and how long it waits for whom. */
export interface HostLimits {
  /** Connections of callers; more are closed at once. */
  readonly connections: number;
  readonly requests: LoadLimits;
  readonly streams: StreamLimits;
  readonly transfers: TransferLimits;
  /** Seconds for the head of a request. */
  readonly headSeconds: number;
  /** Seconds for which a connection is kept that sends nothing. */
  readonly idleSeconds: number;
  /** Seconds after which an environment that nobody asks is put to sleep. */
  readonly sleepSeconds: number;
  /** Seconds for which requests are still taken after `/readyz` has said that they should not be sent any more. */
  readonly drainSeconds: number;
  /** Seconds for requests under way to end, before their connections are closed. */
  readonly endSeconds: number;
  readonly engine: EngineLimits;
}

export const defaultHostLimits: HostLimits = {
  connections: 10_000,
  requests: { all: 4000, perEnvironment: 1000 },
  streams: { all: 5000, perEnvironment: 1000 },
  transfers: { slowest: 4096, seconds: 20, held: 256 << 20 },
  headSeconds: 20,
  idleSeconds: 72,
  sleepSeconds: 600,
  drainSeconds: 0,
  endSeconds: 15,
  engine: defaultEngineLimits,
};
