import { pascalCase } from "#lib/model/naming/pascalCase.ts";
import type { Process, Step, StepKind } from "#lib/model/processTypes.ts";
import type { Model } from "#lib/model/types.ts";
import { freeStepName } from "../tree/editSteps.ts";

interface NewStepOptions {
  readonly model: Model;
  /** Names of the steps that are there. */
  readonly taken: ReadonlySet<string>;
  /** The process in which it is. */
  readonly process: Process;
}

/** A step of a kind to begin with: as complete as can be guessed. */
export function newStep(kind: StepKind, { model, taken, process }: NewStepOptions): Step {
  const watched = (process.starts ?? []).find((start) => start.kind === "change")?.resource;
  const resource = watched ?? model.resources[0]?.name ?? "";
  // What is made is most likely something else than what was changed.
  const made = model.resources.find((one) => one.name !== watched)?.name ?? resource;
  const idGiven = (process.input ?? []).some((one) => one.name === "id");
  const name = (wanted: string) => freeStepName(taken, wanted);
  switch (kind) {
    case "action":
      return { kind, name: name(made === "" ? "create" : `create${made}`), resource: made, action: "create" };
    case "find":
      return {
        kind,
        name: name(resource === "" ? "find" : `find${resource}`),
        resource,
        key: idGiven ? "input.id" : "",
      };
    case "select":
      return { kind, name: name(resource === "" ? "list" : `list${resource}`), resource };
    case "transform":
      return { kind, name: name("workOut"), values: [] };
    case "branch":
      return { kind, name: name("decide"), branches: [{ when: "true", steps: [] }] };
    case "forEach":
      return { kind, name: name("forEachItem"), items: "", as: "item", steps: [] };
    case "repeat":
      return { kind, name: name("again"), while: "false", atMost: 10, steps: [] };
    case "parallel":
      return {
        kind,
        name: name("atOnce"),
        branches: [
          { name: "first", steps: [] },
          { name: "second", steps: [] },
        ],
      };
    case "wait":
      return { kind, name: name("wait"), for: "'PT1H'" };
    case "waitFor":
      return { kind, name: name("waitForChange"), resource, match: "true", within: "P1D" };
    case "request":
      return { kind, name: name("request"), method: "GET", url: "'https://'" };
    case "mail":
      return { kind, name: name("mail"), to: "''", subject: "''", text: "''" };
    case "function": {
      const first = model.functions?.[0]?.name ?? "";
      return { kind, name: name(first === "" ? "compute" : `compute${pascalCase(first)}`), function: first };
    }
    case "process": {
      const other = model.processes?.find((one) => one.name !== process.name)?.name ?? "";
      return { kind, name: name(other === "" ? "runProcess" : `run${pascalCase(other)}`), process: other };
    }
    case "ask": {
      const connection = model.app.connections?.find((one) => one.kind === "model")?.name ?? "";
      return { kind, name: name("ask"), connection, prompt: "''", returns: [] };
    }
    case "emit":
      return { kind, name: name("tell"), type: "app.happened" };
    case "fail":
      return { kind, name: name("giveUp"), message: "'This cannot go on.'" };
  }
}
