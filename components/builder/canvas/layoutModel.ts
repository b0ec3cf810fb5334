import type { Model } from "#lib/model/types.ts";
import { elkGraph, elkPositions } from "./elkGraph.ts";
import { layoutGraph } from "./layoutGraph.ts";
import type { Positions } from "./positions.ts";

/** Arranges the resources of a model. */
export async function layoutModel(model: Model): Promise<Positions> {
  return elkPositions(await layoutGraph(elkGraph(model)));
}
