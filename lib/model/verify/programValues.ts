import type { AppFunction } from "../processTypes.ts";
import type { AttributeType } from "../types.ts";
import { nameHint } from "./nameHint.ts";
import type { Finding, Rule } from "./Rule.ts";
import { problemAt } from "./Rule.ts";

/** Functions, processes and what a model is asked for have values that can be handed over; examples give what is taken. */
export const programValues: Rule = ({ functions = [], processes = [], valueObjects = [] }, places) => {
  const objects = valueObjects.map(({ name }) => name);
  return [
    ...functions.flatMap((one) => [
      ...one.parameters.flatMap(({ name, type }) =>
        valueFindings(type, ["functions", one.name, "parameters", name], objects),
      ),
      ...valueFindings(one.returns, ["functions", one.name, "returns"], objects),
      ...exampleFindings(one),
    ]),
    ...processes.flatMap((process) =>
      (process.input ?? []).flatMap(({ name, type }) =>
        valueFindings(type, ["processes", process.name, "input", name], objects),
      ),
    ),
  ].map((finding) => problemAt(places, finding));
};

function valueFindings(type: AttributeType, path: readonly string[], objects: readonly string[]): readonly Finding[] {
  const at = [...path, "type"];
  switch (type.kind) {
    case "file":
    case "sequence":
    case "encrypted": {
      const message = `A value that is handed over cannot be a ${type.kind}. Choose another type.`;
      return [{ code: "not_here", path: at, message }];
    }
    case "embed": {
      if (objects.includes(type.valueObject)) return [];
      const hint = nameHint(type.valueObject, objects, "Name a value object.");
      return [
        { code: "unknown_target", path: at, message: `There is no value object \`${type.valueObject}\`. ${hint}` },
      ];
    }
    default:
      return [];
  }
}

function exampleFindings({ name, parameters, examples = [] }: AppFunction): readonly Finding[] {
  const names = parameters.map((parameter) => parameter.name);
  return examples.flatMap(({ given }, index) =>
    Object.keys(given).flatMap((key) => {
      if (names.includes(key)) return [];
      const message = `There is no parameter \`${key}\`. ${nameHint(key, names, "Take it out.")}`;
      return [{ code: "unknown_argument", path: ["functions", name, "examples", String(index), "given"], message }];
    }),
  );
}
