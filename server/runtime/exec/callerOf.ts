import { AsyncLocalStorage } from "node:async_hooks";

/** Whoever waits for what is done now; set only while there is a line to wait in. */
export interface WaitingCaller {
  /** Nobody is there any more to take an answer. */
  readonly destroyed: boolean;
}

export const callerOf = new AsyncLocalStorage<WaitingCaller>();
