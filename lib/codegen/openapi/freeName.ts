import type { Model } from "../../model/types.ts";

/** The name of a schema that is no resource's: as it is, or with an underscore, which names of resources cannot have. */
export function freeName({ resources }: Model, name: string): string {
  return resources.some((resource) => resource.name === name) ? `${name}_` : name;
}
