import type { Model, Resource, ValueObject } from "../types.ts";

/** What is called otherwise after a change, so that it can be told from one thing removed and another added. */
export interface Renames {
  /** Resources and value objects: old name to new. */
  readonly resources: ReadonlyMap<string, string>;
  /** Attributes and relationships by the old name of their resource: old name to new. */
  readonly members: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** Processes and functions: old name to new. */
  readonly programs?: ReadonlyMap<string, string>;
}

export const noRenames: Renames = { resources: new Map(), members: new Map() };

/** The resource that another has become; null when it is gone. */
export function resourceNow(before: Pick<Resource, "name">, after: Model, renames: Renames): Resource | null {
  const name = renames.resources.get(before.name) ?? before.name;
  return after.resources.find((resource) => resource.name === name) ?? null;
}

/** The value object that another has become; null when it is gone. */
export function valueObjectNow(before: Pick<ValueObject, "name">, after: Model, renames: Renames): ValueObject | null {
  const name = renames.resources.get(before.name) ?? before.name;
  return after.valueObjects?.find((valueObject) => valueObject.name === name) ?? null;
}

/** The name a member of a resource has now, whether or not it is still there. */
export function memberName(resource: Pick<Resource, "name">, member: string, renames: Renames): string {
  return renames.members.get(resource.name)?.get(member) ?? member;
}

/** The process or function that another has become; null when it is gone. */
export function programNow<T extends { readonly name: string }>(
  before: T,
  after: readonly T[] | undefined,
  renames: Renames,
): T | null {
  const name = renames.programs?.get(before.name) ?? before.name;
  return after?.find((other) => other.name === name) ?? null;
}
