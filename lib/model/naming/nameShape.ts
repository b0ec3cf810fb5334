import { camelCase } from "./camelCase.ts";
import { kebabCase } from "./kebabCase.ts";
import { pascalCase } from "./pascalCase.ts";

/** The most bytes PostgreSQL keeps of a name; API names obey it too. */
export const maxNameBytes = 63;

/** A sentence when a resource cannot be called so, else null. */
export function resourceNameShape(name: string): string | null {
  return shape(name, /^[A-Z][A-Za-z0-9]*$/, {
    rule: "A resource's name starts with a capital and has only the letters A to Z and digits",
    better: pascalCase(ascii(name)),
  });
}

/** A sentence when an attribute, a relationship or a plural cannot be called so, else null. */
export function fieldNameShape(name: string): string | null {
  return shape(name, /^[a-z][A-Za-z0-9]*$/, {
    rule: "A name here starts with a small letter and has only the letters A to Z and digits",
    better: camelCase(ascii(name)),
  });
}

/** A sentence when an option of a choice cannot be called so, else null. */
export function optionNameShape(name: string): string | null {
  return shape(name, /^[A-Za-z][A-Za-z0-9_]*$/, {
    rule: "An option's name starts with a letter and has only the letters A to Z, digits and `_`",
    better: camelCase(ascii(name)),
  });
}

/** A sentence when no segment of a path can be called so, else null. */
export function pathNameShape(name: string, pattern: RegExp = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/): string | null {
  return shape(name, pattern, {
    rule: "A path starts with a small letter and has only the letters A to Z, digits and single `-`",
    better: kebabCase(ascii(name)),
  });
}

/** A sentence when PostgreSQL could not keep a table or column of this name, else null. */
export function storedNameShape(name: string): string | null {
  if (name === "") return "A stored name cannot be empty.";
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  if (/[\u0000-\u001f\u007f]/.test(name)) return "A stored name cannot hold control characters.";
  if (/[\ud800-\udfff]/.test(name) && !name.isWellFormed()) return "A stored name must be well-formed text.";
  const bytes = new TextEncoder().encode(name).length;
  return bytes > maxNameBytes ? `A stored name has at most ${maxNameBytes} bytes; this one has ${bytes}.` : null;
}

function shape(name: string, pattern: RegExp, say: { readonly rule: string; readonly better: string }): string | null {
  if (name === "") return "Give it a name.";
  if (name.length > maxNameBytes) return `A name has at most ${maxNameBytes} characters; this one has ${name.length}.`;
  if (pattern.test(name)) return null;
  return pattern.test(say.better) ? `${say.rule}, such as \`${say.better}\`.` : `${say.rule}.`;
}

/** Letters without their accents, so that a suggestion can be made of them. */
function ascii(name: string): string {
  return name.normalize("NFKD").replace(/[^A-Za-z0-9 _-]/g, "");
}
