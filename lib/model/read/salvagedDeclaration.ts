import { resourceNameShape } from "../naming/nameShape.ts";
import { pascalCase } from "../naming/pascalCase.ts";
import { pluralOf } from "../naming/pluralOf.ts";
import { defaultTable } from "../naming/storedNames.ts";
import type { DomainFile } from "./DomainFile.ts";
import type { FileReading } from "./FileReading.ts";
import { actionNames } from "./readActions.ts";
import { defaultKey } from "./readResource.ts";

const salvaged = new WeakMap<FileReading<DomainFile>, DomainFile>();

/**
 * A resource or value object of which only the name could be made out, if need be from that of its file, so that a slip of the pen does
 * not take it off the screen.
 */
export function salvagedDeclaration(path: string, file: FileReading<DomainFile>): DomainFile | null {
  const name = file.salvaged?.name ?? pascalCase(path.replace(/^.*\/|\.ts$/g, ""));
  if (resourceNameShape(name) !== null) return null;
  const known = salvaged.get(file);
  if (known?.declaration.name === name) return known;
  const result = emptyDeclaration(file.salvaged?.kind === "valueObject" ? "valueObject" : "resource", name);
  salvaged.set(file, result);
  return result;
}

function emptyDeclaration(kind: DomainFile["kind"], name: string): DomainFile {
  if (kind === "valueObject") return { kind, declaration: { name, attributes: [] } };
  const plural = pluralOf(name);
  const declaration = {
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
  return { kind, declaration };
}
