import type { ElkNode } from "elkjs/lib/elk-api.js";

/** Arranges a graph away from the page's own thread. Loads the engine on first use. */
export async function layoutGraph(graph: ElkNode): Promise<ElkNode> {
  const { default: Engine } = await import("elkjs/lib/elk-api.js");
  const engine = new Engine({
    workerFactory: () => new Worker(new URL("./layoutWorker.ts", import.meta.url), { type: "module" }),
  });
  try {
    return await engine.layout(graph);
  } finally {
    engine.terminateWorker();
  }
}
