import { checkedProcessExpression, expressionsOfProcess } from "../processes/expressionsOfProcess.ts";
import { contextsIn } from "../runs/evaluateJson.ts";
import type { Model } from "../types.ts";

const known = new WeakMap<Model, readonly string[]>();

/** What starts by changes ask of the actor besides who it is, such as `role`: it is kept with each event. */
export function actorMembers(model: Model): readonly string[] {
  let members = known.get(model);
  if (!members) {
    members = [...new Set(asked(model))].filter((name) => name !== "id" && name !== "kind").toSorted();
    known.set(model, members);
  }
  return members;
}

function asked(model: Model): readonly string[] {
  return (model.processes ?? [])
    .filter(({ starts = [] }) => starts.some(({ kind }) => kind === "change"))
    .flatMap((process) => expressionsOfProcess(model, process))
    .filter(({ place }) => place.at === "start")
    .flatMap((placed) => {
      const { expression } = checkedProcessExpression(placed);
      return expression ? contextsIn(expression) : [];
    })
    .flatMap(({ path: [root, member] }) => (root === "actor" && member !== undefined ? [member] : []));
}
