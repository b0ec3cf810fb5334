"use client";

import { useEffect, useEffectEvent, useState } from "react";
import type { ShownProposal } from "./shownProposal.ts";

interface Deeds {
  /** While a dialog is open. */
  readonly isOff: boolean;
  readonly accept: (proposal: ShownProposal) => void;
  readonly edit: (proposal: ShownProposal) => void;
  readonly reject: (proposal: ShownProposal) => void;
}

/** J and K go through the proposals; A, E and R decide on the one that is chosen. */
export function useProposalKeys(proposals: readonly ShownProposal[], deeds: Deeds) {
  const [place, setPlace] = useState<{ readonly id: string; readonly index: number } | null>(null);
  // What was decided is gone; then the one that took its place is chosen.
  const found = place === null ? -1 : proposals.findIndex(({ id }) => id === place.id);
  const index = place === null ? -1 : found >= 0 ? found : Math.min(place.index, proposals.length - 1);
  const chosen = proposals[index] ?? null;
  const choose = (id: string) => setPlace({ id, index: proposals.findIndex((proposal) => proposal.id === id) });
  const go = (to: number) => {
    const next = proposals[Math.max(0, Math.min(to, proposals.length - 1))];
    if (!next) return;
    choose(next.id);
    document.getElementById(`proposal-${next.id}`)?.scrollIntoView({ block: "nearest" });
  };
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    const { target } = event;
    const isTyping =
      target instanceof HTMLElement && target.closest("input, textarea, select, [contenteditable]") !== null;
    if (deeds.isOff || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
    switch (event.key.toLowerCase()) {
      case "j":
        go(index + 1);
        return;
      case "k":
        go(index - 1);
        return;
      case "a":
        if (chosen) {
          setPlace({ id: chosen.id, index });
          deeds.accept(chosen);
        }
        return;
      case "e":
        if (chosen) deeds.edit(chosen);
        return;
      case "r":
        if (!chosen) return;
        event.preventDefault();
        setPlace({ id: chosen.id, index });
        deeds.reject(chosen);
    }
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKey(event);
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, []);
  return { chosen: chosen?.id ?? null, choose };
}
