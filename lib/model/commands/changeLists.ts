import { AppError } from "../../errors/AppError.ts";
import type { Model, Resource } from "../types.ts";
import type { ListChange } from "./BehaviourCommand.ts";
import type { Change } from "./Change.ts";
import { changed, withResource } from "./Change.ts";
import type { CommandOf } from "./CommandOf.ts";
import { findResource } from "./findParts.ts";

export function changeValidations(model: Model, { resource, change }: CommandOf<"changeValidations">): Change {
  const found = findResource(model, resource);
  return withList(model, found, "validations", changedList(found.validations ?? [], change));
}

export function changePolicies(model: Model, { resource, change }: CommandOf<"changePolicies">): Change {
  const found = findResource(model, resource);
  return withList(model, found, "policies", changedList(found.policies ?? [], change));
}

export function changeFieldPolicies(model: Model, { resource, change }: CommandOf<"changeFieldPolicies">): Change {
  const found = findResource(model, resource);
  return withList(model, found, "fieldPolicies", changedList(found.fieldPolicies ?? [], change));
}

/** The model with a section of a resource; a section that holds nothing is not there. */
export function withList<K extends keyof Resource>(
  model: Model,
  resource: Resource,
  section: K,
  items: readonly unknown[],
): Change {
  const { [section]: _old, ...rest } = resource;
  const next = items.length === 0 ? rest : { ...rest, [section]: items };
  return changed(withResource(model, next as Resource));
}

/** @throws AppError `not_found` when what it speaks of is gone. */
export function changedList<T>(items: readonly T[], change: ListChange<T>): readonly T[] {
  switch (change.kind) {
    case "add":
      return items.toSpliced(Math.min(change.at ?? items.length, items.length), 0, change.item);
    case "set":
      return items.with(placeOf(items, change.index), change.item);
    case "remove":
      return items.toSpliced(placeOf(items, change.index), 1);
    case "move": {
      const from = placeOf(items, change.index);
      const to = Math.min(change.to, items.length);
      const moved = items.slice(from, from + 1);
      return items.toSpliced(from, 1).toSpliced(to > from ? to - 1 : to, 0, ...moved);
    }
  }
}

/** @throws AppError `not_found` when nothing is there. */
function placeOf(items: readonly unknown[], index: number): number {
  if (Number.isInteger(index) && index >= 0 && index < items.length) return index;
  throw new AppError("not_found", "This is not there any more.");
}
