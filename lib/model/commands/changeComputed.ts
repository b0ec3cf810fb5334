import { AppError } from "../../errors/AppError.ts";
import { defaultColumn } from "../naming/storedNames.ts";
import { present } from "../read/present.ts";
import type { Aggregate, Calculation, Model, Resource } from "../types.ts";
import type { Change } from "./Change.ts";
import { changed, withResource } from "./Change.ts";
import type { CommandOf } from "./CommandOf.ts";
import { withList } from "./changeLists.ts";
import { checkFieldName } from "./checkName.ts";
import { findResource } from "./findParts.ts";
import { columnsOf, freeName } from "./freeName.ts";

type Section = "calculations" | "aggregates";

export function setCalculation(model: Model, command: CommandOf<"setCalculation">): Change {
  const resource = findResource(model, command.resource);
  const { stored = false, ...rest } = command.calculation;
  const calculation: Calculation = { ...rest, ...columnFor(resource, "calculations", { name: rest.name, stored }) };
  return setComputed(model, resource, { section: "calculations", item: calculation });
}

export function setAggregate(model: Model, command: CommandOf<"setAggregate">): Change {
  const resource = findResource(model, command.resource);
  const { stored = false, ...rest } = command.aggregate;
  const aggregate: Aggregate = { ...rest, ...columnFor(resource, "aggregates", { name: rest.name, stored }) };
  return setComputed(model, resource, { section: "aggregates", item: aggregate });
}

function setComputed(
  model: Model,
  resource: Resource,
  { section, item }: { readonly section: Section; readonly item: Calculation | Aggregate },
): Change {
  const items: readonly (Calculation | Aggregate)[] = resource[section] ?? [];
  const was = items.find(({ name }) => name === item.name);
  if (!was) checkFieldName(resource, item.name, { field: "name", kind: "attribute" });
  const kept = was?.deprecated ? { ...item, deprecated: was.deprecated } : item;
  const next = was ? items.map((other) => (other === was ? kept : other)) : [...items, item];
  return withList(model, resource, section, next);
}

export function removeComputed(
  model: Model,
  of: string,
  { section, name }: { readonly section: Section; readonly name: string },
): Change {
  const resource = findResource(model, of);
  const item = findComputed(resource, section, name);
  const items: readonly (Calculation | Aggregate)[] = resource[section] ?? [];
  return withList(
    model,
    resource,
    section,
    items.filter((other) => other !== item),
  );
}

export function renameComputed(
  model: Model,
  of: string,
  { section, name, to }: { readonly section: Section; readonly name: string; readonly to: string },
): Change {
  const resource = findResource(model, of);
  const item = findComputed(resource, section, name);
  if (name === to) return changed(model);
  checkFieldName(resource, to, { field: "to", kind: "attribute" });
  const items: readonly (Calculation | Aggregate)[] = resource[section] ?? [];
  const renamed = items.map((other) => (other === item ? { ...item, name: to } : other));
  return {
    model: withResource(model, { ...resource, [section]: renamed }),
    renames: { resources: new Map(), members: new Map([[of, new Map([[name, to]])]]) },
  };
}

/** The column that a stored value has, or gets. */
function columnFor(
  resource: Resource,
  section: Section,
  { name, stored }: { readonly name: string; readonly stored: boolean },
): { readonly column?: string } {
  if (!stored) return {};
  const items: readonly (Calculation | Aggregate)[] = resource[section] ?? [];
  const column = items.find((other) => other.name === name)?.column;
  return present({ column: column ?? freeName(defaultColumn(name), columnsOf(resource)) });
}

/** @throws AppError `not_found` */
function findComputed(resource: Resource, section: Section, name: string): Calculation | Aggregate {
  const items: readonly (Calculation | Aggregate)[] = resource[section] ?? [];
  const item = items.find((other) => other.name === name);
  if (item) return item;
  const what = section === "calculations" ? "calculation" : "aggregate";
  throw new AppError("not_found", `\`${resource.name}\` has no ${what} \`${name}\` any more.`);
}
