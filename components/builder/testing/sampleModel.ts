import { readModel } from "#lib/model/read/readModel.ts";
import type { Model } from "#lib/model/types.ts";
import { sampleSources } from "./sampleSources.ts";

export function sampleModel(): Model {
  const { model, problems } = readModel(sampleSources());
  if (!model) throw new Error(`The sample is not a model: ${problems.map(({ message }) => message).join(" ")}`);
  return model;
}
