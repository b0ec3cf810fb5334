import { resourceNameShape } from "../naming/nameShape.ts";
import { pascalCase } from "../naming/pascalCase.ts";
import { pluralOf } from "../naming/pluralOf.ts";
import { defaultTable } from "../naming/storedNames.ts";
import type { FileReading } from "./FileReading.ts";
import type { ResourceDeclaration } from "./ResourceDeclaration.ts";
import { actionNames, defaultKey } from "./readResource.ts";

const salvaged = new WeakMap<FileReading<ResourceDeclaration>, ResourceDeclaration>();

/**
 * A resource of which only the name could be made out, if need be from that of its file, so that a slip of the pen does
 * not take it off the screen.
 */
export function salvagedDeclaration(path: string, file: FileReading<ResourceDeclaration>): ResourceDeclaration | null {
  const name = file.salvagedName ?? pascalCase(path.replace(/^.*\/|\.ts$/g, ""));
  if (resourceNameShape(name) !== null) return null;
  const known = salvaged.get(file);
  if (known?.name === name) return known;
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
