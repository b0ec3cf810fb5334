"use client";

import { createContext, type ReactNode, use } from "react";
import type { TesterSession } from "../../policies/tester/TesterSession.ts";
import type { BehaviourPlace } from "./BehaviourPlace.ts";

/** What the behaviour studio needs of the world around it. */
export interface BehaviourPort {
  /** A key to the live app for some minutes; null: nothing is deployed. */
  readonly openTester: () => Promise<TesterSession | null>;
  /** Where the app is or will be, without a slash at its end; null until that is known. */
  readonly appUrl: string | null;
  readonly hrefOf: (place: BehaviourPlace) => string;
  readonly go: (place: BehaviourPlace) => void;
  /** The place in the model that was asked for last, such as that of a problem; another object each time. */
  readonly wanted: readonly string[] | null;
}

const BehaviourContext = createContext<BehaviourPort | null>(null);

export function BehaviourProvider({ port, children }: { port: BehaviourPort; children: ReactNode }) {
  return <BehaviourContext value={port}>{children}</BehaviourContext>;
}

export function useBehaviour(): BehaviourPort {
  const port = use(BehaviourContext);
  if (!port) throw new Error("This belongs inside the behaviour studio.");
  return port;
}
