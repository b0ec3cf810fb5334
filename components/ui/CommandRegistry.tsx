"use client";

import { createContext, type ReactNode, type RefObject, use, useEffect, useRef, useState } from "react";

/** Something a person can do from the command palette. */
export interface Command {
  readonly id: string;
  readonly title: string;
  /** The heading it stands under: the name of a screen or a noun. */
  readonly group: string;
  readonly keywords?: readonly string[];
  /** The keys that do the same, such as `Ctrl S`; the screen listens for them itself. */
  readonly keys?: string;
  readonly icon?: ReactNode;
  readonly run: () => void;
}

type Slot = RefObject<readonly Command[]>;

interface Registry {
  readonly slots: Set<Slot>;
}

const RegistryContext = createContext<Registry | null>(null);

export function CommandRegistry({ children }: { children: ReactNode }) {
  const [registry] = useState<Registry>(() => ({ slots: new Set() }));
  return <RegistryContext value={registry}>{children}</RegistryContext>;
}

/** Offers commands in the palette for as long as the component is on the screen. */
export function useCommands(commands: readonly Command[]): void {
  const registry = use(RegistryContext);
  const slot = useRef(commands);
  useEffect(() => {
    slot.current = commands;
  });
  useEffect(() => {
    registry?.slots.add(slot);
    return () => {
      registry?.slots.delete(slot);
    };
  }, [registry]);
}

/** Reads what is on offer now; the palette asks each time it opens. */
export function useOfferedCommands(): () => readonly Command[] {
  const registry = use(RegistryContext);
  return () => [...(registry?.slots ?? [])].flatMap((slot) => slot.current);
}
