import type { Model } from "#lib/model/types.ts";
import { elkGraph, elkPositions } from "./elkGraph.ts";
import type { Positions } from "./positions.ts";

/** Arranges a model away from the page's own thread. Loads the engine on first use. */
export async function layoutModel(model: Model): Promise<Positions> {
  const { default: Engine } = await import("elkjs/lib/elk-api.js");
  const engine = new Engine({
    workerFactory: () => new Worker(new URL("./layoutWorker.ts", import.meta.url), { type: "module" }),
  });
  try {
    return elkPositions(await engine.layout(elkGraph(model)));
  } finally {
    engine.terminateWorker();
  }
}
