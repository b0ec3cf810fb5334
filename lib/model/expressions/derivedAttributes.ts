import type { Attribute, Model, Resource } from "../types.ts";
import { computedAttributes } from "./computedAttributes.ts";

/** The calculations and aggregates of a resource that are kept in columns; nobody but Gantry writes them. */
export function derivedAttributes(model: Model, resource: Resource): readonly Attribute[] {
  const { calculations = [], aggregates = [] } = resource;
  if (![...calculations, ...aggregates].some(({ column }) => column !== undefined)) return [];
  return computedAttributes(model, resource).filter(({ column }) => column !== "");
}
