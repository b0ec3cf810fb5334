import { closest } from "../../expression/closest.ts";
import { optionsIn } from "../attributes/optionsIn.ts";
import { camelCase } from "../naming/camelCase.ts";
import { optionNameShape } from "../naming/nameShape.ts";
import { reservedOption } from "../naming/reservedNames.ts";
import type { Attribute, ChoiceOption } from "../types.ts";
import { eachAttribute } from "./eachAttribute.ts";
import type { Finding, Rule } from "./Rule.ts";
import { writtenTexts } from "./writtenTexts.ts";

const maxOptions = 500;
const maxStoredLength = 200;

/** Choices have options, each with its own name and its own stored value, and the default and the example are among them. */
export const choices: Rule = eachAttribute(({ resource, attribute, path }) => findings(resource, attribute, path));

function findings(resource: string, attribute: Attribute, path: readonly string[]): readonly Finding[] {
  const options = optionsIn(attribute.type);
  if (options === null) return [];
  const at = [...path, "options"];
  const code = "choice";
  if (options.length === 0) return [{ code, path: at, message: "A choice has at least one option. Add one." }];
  if (options.length > maxOptions) {
    return [{ code, path: at, message: `A choice has at most ${maxOptions} options. Make a resource of it.` }];
  }
  return [
    ...options.flatMap((option) => optionFindings(option, at, { resource, attribute: attribute.name })),
    ...storedTwice(options, at),
    ...wrongValues(attribute, options, path),
  ];
}

function optionFindings(
  { name, stored }: ChoiceOption,
  at: readonly string[],
  of: { readonly resource: string; readonly attribute: string },
): readonly Finding[] {
  const shape = optionNameShape(name);
  const reserved = reservedOption(name);
  const better = camelCase(name);
  const fix =
    shape && optionNameShape(better) === null && reservedOption(better) === null
      ? {
          fix: {
            title: `Call it ${better}`,
            command: { type: "renameChoice", ...of, option: name, to: better } as const,
          },
        }
      : {};
  const path = [...at, name];
  return [
    ...(shape ? [{ code: "name_shape", path, message: shape, ...fix }] : []),
    ...(reserved ? [{ code: "reserved_name", path, message: `\`${name}\` is ${reserved}. Choose another name.` }] : []),
    ...(stored === "" || stored.length > maxStoredLength || stored.includes("\u0000")
      ? [
          {
            code: "choice",
            path: [...path, "stored"],
            message: `What is stored has 1 to ${maxStoredLength} characters.`,
          },
        ]
      : []),
  ];
}

function storedTwice(options: readonly ChoiceOption[], at: readonly string[]): readonly Finding[] {
  const owners = new Map<string, string>();
  return options.flatMap(({ name, stored }) => {
    const first = owners.get(stored);
    owners.set(stored, first ?? name);
    if (first === undefined) return [];
    const message = `\`${first}\` is stored as "${stored}" already. Store \`${name}\` as something else.`;
    return [{ code: "choice", path: [...at, name, "stored"], message }];
  });
}

function wrongValues(
  attribute: Attribute,
  options: readonly ChoiceOption[],
  path: readonly string[],
): readonly Finding[] {
  const names = options.map(({ name }) => name);
  return writtenTexts(attribute)
    .filter(({ text }) => !names.includes(text))
    .map(({ path: at, text }) => {
      const meant = closest(text, names);
      const hint = meant ? `Did you mean "${meant}"?` : `Write one of: ${names.slice(0, 10).join(", ")}.`;
      return { code: "choice", path: [...path, ...at], message: `"${text}" is no option of this choice. ${hint}` };
    });
}
