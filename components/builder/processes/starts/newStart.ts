import type { Process, Start } from "#lib/model/processTypes.ts";
import type { Model } from "#lib/model/types.ts";

export const startKinds = ["change", "schedule", "hook", "call"] as const;

/** A start of a kind to begin with; the inputs are filled by the record's fields of the same name where there are some. */
export function newStart(kind: Start["kind"], model: Model, process: Pick<Process, "name" | "input">): Start {
  switch (kind) {
    case "change": {
      const resource = model.resources[0];
      const known = new Set(["id", ...(resource?.attributes ?? []).map(({ name }) => name)]);
      const input = (process.input ?? []).filter(({ name }) => known.has(name));
      return {
        kind,
        resource: resource?.name ?? "",
        ...(input.length === 0 ? {} : { input: input.map(({ name }) => ({ name, expression: name })) }),
      };
    }
    case "schedule":
      return { kind, cron: "0 8 * * *" };
    case "hook":
      return { kind, name: freeHookName(model, process.name), signature: { scheme: "none" } };
    case "call":
      return { kind };
  }
}

function freeHookName({ processes = [] }: Model, wanted: string): string {
  const taken = new Set(
    processes.flatMap(({ starts = [] }) => starts.flatMap((start) => (start.kind === "hook" ? [start.name] : []))),
  );
  if (!taken.has(wanted)) return wanted;
  for (let number = 2; ; number++) if (!taken.has(`${wanted}${number}`)) return `${wanted}${number}`;
}
