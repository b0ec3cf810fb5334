"use client";

import type { KeyboardEvent } from "react";
import { isArrowKey, neighbour } from "../../canvas/neighbour.ts";
import { findStep } from "../tree/findStep.ts";
import { type Flow, useFlow } from "./FlowContext.tsx";
import type { FlowNode } from "./flowNodes.ts";

interface FlowKeyOptions {
  readonly nodes: readonly FlowNode[];
  readonly reveal: (id: string) => void;
}

/** Arrows go from card to card; keys of one card do what its buttons do. */
export function useFlowKeys({ nodes, reveal }: FlowKeyOptions) {
  const flow = useFlow();
  return (event: KeyboardEvent<HTMLElement>) => {
    const id = event.target instanceof HTMLElement ? event.target.dataset.flow : undefined;
    if (id === undefined) return;
    if (isArrowKey(event.key) && !event.altKey && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      const cards = nodes.filter((node) => node.type === "step" || node.type === "start" || node.type === "end");
      const from = cards.find((node) => node.id === id);
      const next = from && neighbour(placedAt(from), cards.map(placedAt), event.key);
      if (!next) return;
      reveal(next);
      focusCard(next);
      return;
    }
    onCardKey(event, flow, id);
  };
}

/** What keys do on a card of a step or start, on the canvas and in the list. */
export function onCardKey(event: KeyboardEvent<HTMLElement>, flow: Flow, id: string): void {
  const { edit, process } = flow;
  const name = id.startsWith("step ") ? id.slice("step ".length) : null;
  const start = /^start (\d+)$/.exec(id)?.[1];
  const command = event.ctrlKey || event.metaKey;
  const done = (act: () => void) => {
    event.preventDefault();
    event.stopPropagation();
    act();
  };
  if (event.key === "Enter" && !command) {
    if (name !== null) done(() => flow.select({ kind: "step", name }, { focus: true }));
    else if (start !== undefined) done(() => flow.select({ kind: "start", index: Number(start) }, { focus: true }));
    return;
  }
  if (!edit) return;
  if (event.key === "Delete" || event.key === "Backspace") {
    if (name !== null) done(() => edit.remove(name));
    else if (start !== undefined) done(() => edit.removeStart(Number(start)));
    return;
  }
  if (name === null) return;
  const place = findStep(process.steps, name)?.place;
  const after = place && { ...place, index: place.index + 1 };
  if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
    done(() => {
      edit.moveBy(name, event.key === "ArrowUp" ? -1 : 1);
      focusCard(id);
    });
  } else if (command && event.key.toLowerCase() === "d") done(() => edit.duplicate(name));
  else if (command && event.key.toLowerCase() === "c") done(() => edit.copy(name));
  else if (command && event.key.toLowerCase() === "v" && after) done(() => edit.paste(after));
  else if ((event.key === "+" || event.key === "Insert") && after) done(() => edit.askForStep(after));
}

/** It may have to be drawn first. */
export function focusCard(id: string, tries = 20): void {
  const element = document.querySelector<HTMLElement>(`[data-flow="${CSS.escape(id)}"]`);
  if (element && tries < 20) element.focus({ preventScroll: true });
  else if (tries > 0) requestAnimationFrame(() => focusCard(id, tries - 1));
}

function placedAt({ id, position, width = 0, height = 0 }: FlowNode) {
  return { id, centre: { x: position.x + width / 2, y: position.y + height / 2 } };
}
