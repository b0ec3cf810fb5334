import type { ElkExtendedEdge, ElkNode } from "elkjs/lib/elk-api.js";
import type { States } from "#lib/model/types.ts";

/** The node from which transitions go that are open in any state; no option can be called so. */
export const anyState = "*";

export interface StateArrow {
  readonly from: string;
  readonly to: string;
  /** Actions that go this way. */
  readonly actions: readonly string[];
}

/** The ways between states, each once with all its actions. */
export function stateArrows({ transitions }: States): readonly StateArrow[] {
  const arrows = new Map<string, StateArrow>();
  for (const { action, from, to } of transitions) {
    for (const start of from.length === 0 ? [anyState] : from) {
      const key = `${start} ${to}`;
      const before = arrows.get(key);
      arrows.set(key, { from: start, to, actions: [...(before?.actions ?? []), action] });
    }
  }
  return [...arrows.values()];
}

const characterWidth = 6.4;
const nodeHeight = 26;
const labelHeight = 14;

/** The states as the layout engine takes them; `down` for a narrow place. */
export function statesGraph(states: States, options: readonly string[], direction: "DOWN" | "RIGHT"): ElkNode {
  const arrows = stateArrows(states);
  const known = new Set(options);
  const shown = [
    ...options,
    ...new Set(arrows.flatMap(({ from, to }) => [from, to]).filter((state) => !known.has(state))),
  ];
  return {
    id: "states",
    layoutOptions: {
      "elk.algorithm": "layered",
      "elk.direction": direction,
      "elk.edgeRouting": "ORTHOGONAL",
      "elk.spacing.nodeNode": "24",
      "elk.spacing.edgeLabel": "4",
      "elk.layered.spacing.nodeNodeBetweenLayers": "28",
      "elk.layered.considerModelOrder.strategy": "NODES_AND_EDGES",
      // The order of the options says which way is forward.
      "elk.layered.cycleBreaking.strategy": "MODEL_ORDER",
      "elk.separateConnectedComponents": "false",
    },
    children: shown.map((state) => ({
      id: state,
      width: Math.max(40, textWidth(state === anyState ? "any" : state) + 20),
      height: nodeHeight,
    })),
    edges: arrows.map(({ from, to, actions }): ElkExtendedEdge => {
      const text = actions.join(", ");
      return {
        id: `${from} ${to}`,
        sources: [from],
        targets: [to],
        labels: [{ text, width: textWidth(text) + 6, height: labelHeight }],
      };
    }),
  };
}

function textWidth(text: string): number {
  return text.length * characterWidth;
}
