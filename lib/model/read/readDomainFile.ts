import type { DomainFile } from "./DomainFile.ts";
import type { Reading } from "./Reading.ts";
import { readModule } from "./readModule.ts";
import { readResource } from "./readResource.ts";
import { readValueObject } from "./readValueObject.ts";

/** Reads a file under `domain/`; null when it holds nothing that could be recognised. */
export function readDomainFile(text: string, reading: Reading): DomainFile | null {
  return readModule<DomainFile>(text, reading, {
    builder: "resource",
    others: ["valueObject"],
    example: 'export default resource("Name", { ... })',
    read: (call) => {
      if (call.name === "valueObject") {
        const declaration = readValueObject(call, reading);
        return declaration && { kind: "valueObject", declaration };
      }
      const declaration = readResource(call, reading);
      return declaration && { kind: "resource", declaration };
    },
  });
}
