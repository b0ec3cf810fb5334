import { fileOf } from "../naming/fileOf.ts";
import { programFile } from "../naming/programFile.ts";
import { configFile } from "../read/modelFiles.ts";
import type { Sources } from "../sources.ts";
import type { Model } from "../types.ts";
import { printApp } from "./printApp.ts";
import { printFunction } from "./printFunction.ts";
import { printProcess } from "./printProcess.ts";
import { printResource } from "./printResource.ts";
import { printValueObject } from "./printValueObject.ts";

/** Fresh files for a whole model: `gantry.config.ts` and one file a resource, value object, process or function. */
export function printSources(model: Model): Sources {
  const resources = model.resources.map((resource) => [fileOf(resource.name), printResource(resource, model)] as const);
  const valueObjects = (model.valueObjects ?? []).map(
    (valueObject) => [fileOf(valueObject.name), printValueObject(valueObject)] as const,
  );
  const processes = (model.processes ?? []).map(
    (process) => [programFile("process", process.name), printProcess(process)] as const,
  );
  const functions = (model.functions ?? []).map(
    (one) => [programFile("function", one.name), printFunction(one)] as const,
  );
  return Object.fromEntries([
    [configFile, printApp(model.app)],
    ...resources,
    ...valueObjects,
    ...processes,
    ...functions,
  ]);
}
