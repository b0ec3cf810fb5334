import { pluralOf } from "../naming/pluralOf.ts";
import { defaultTable } from "../naming/storedNames.ts";
import type { FileReading } from "./FileReading.ts";
import type { ResourceDeclaration } from "./ResourceDeclaration.ts";
import { actionNames, defaultKey } from "./readResource.ts";

const salvaged = new WeakMap<FileReading<ResourceDeclaration>, ResourceDeclaration>();

/** A resource of which only the name could be made out, so that a slip of the pen does not take it off the screen. */
export function salvagedDeclaration(file: FileReading<ResourceDeclaration>): ResourceDeclaration | null {
  const { salvagedName: name } = file;
  if (name === null) return null;
  const known = salvaged.get(file);
  if (known) return known;
  const plural = pluralOf(name);
  const declaration: ResourceDeclaration = {
    name,
    plural,
    table: defaultTable({ plural }),
    key: defaultKey,
    attributes: [],
    relationships: [],
    uniques: [],
    indexes: [],
    actions: actionNames,
  };
  salvaged.set(file, declaration);
  return declaration;
}
