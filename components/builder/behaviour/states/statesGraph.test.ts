import { expect, test } from "vitest";
import { anyState, stateArrows, statesGraph } from "./statesGraph.ts";

const states = {
  attribute: "stage",
  transitions: [
    { action: "win", from: ["lead", "offer"], to: "won" },
    { action: "close", from: ["offer"], to: "won" },
    { action: "lose", from: [], to: "lost" },
  ],
};

test("each way is one arrow with all its actions; from any state has a node of its own", () => {
  expect(stateArrows(states)).toEqual([
    { from: "lead", to: "won", actions: ["win"] },
    { from: "offer", to: "won", actions: ["win", "close"] },
    { from: anyState, to: "lost", actions: ["lose"] },
  ]);
});

test("every option is drawn, also one that nothing leads to, and every end of an arrow", () => {
  const graph = statesGraph(states, ["lead", "offer", "won", "parked"], "DOWN");
  expect(graph.children?.map(({ id }) => id)).toEqual(["lead", "offer", "won", "parked", anyState, "lost"]);
  expect(graph.edges).toHaveLength(3);
});
