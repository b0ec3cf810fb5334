import { camelCase } from "#lib/model/naming/camelCase.ts";
import { typeNames } from "#lib/model/naming/graphqlNames.ts";
import { maxNameBytes } from "#lib/model/naming/nameShape.ts";
import { pluralOf } from "#lib/model/naming/pluralOf.ts";
import { reservedField, reservedOption, reservedPlural, reservedType } from "#lib/model/naming/reservedNames.ts";
import { singularOf } from "#lib/model/naming/singularOf.ts";

/** Letters that Unicode does not take apart into a Latin letter and a mark. */
const latin: Readonly<Record<string, string>> = {
  ...{ ß: "ss", æ: "ae", Æ: "AE", œ: "oe", Œ: "OE", ø: "o", Ø: "O", ł: "l", Ł: "L" },
  ...{ đ: "d", Đ: "D", ð: "d", Ð: "D", þ: "th", Þ: "TH", ı: "i" },
};

/** The nearest text of the letters A to Z, digits and separators; what has no likeness becomes a separator. */
function ascii(text: string): string {
  return text
    .replace(/[^\0-\x7f]/g, (letter) => latin[letter] ?? letter)
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/[^A-Za-z0-9]+/g, "_");
}

/** Room for endings that make a name unique. */
const longest = maxNameBytes - 13;

/** `order_details` to `OrderDetail`. */
export function resourceNameOf(table: string): string {
  const name = singularOf(ascii(table));
  return (/^[A-Z]/.test(name) ? name : `Table${name}`).slice(0, longest);
}

/** `unit_price` to `unitPrice`. */
export function fieldNameOf(column: string): string {
  const name = camelCase(ascii(column));
  return (/^[a-z]/.test(name) ? name : `field${name.slice(0, 1).toUpperCase()}${name.slice(1)}`).slice(0, longest);
}

/** `In transit` to `inTransit`; words that are names already stay as they are. */
export function optionNameOf(stored: string): string {
  if (/^[A-Za-z][A-Za-z0-9_]*$/.test(stored) && stored.length <= longest) return stored;
  const name = camelCase(ascii(stored));
  if (/^[a-z]/.test(name)) return name.slice(0, longest);
  return `option${name.slice(0, 1).toUpperCase()}${name.slice(1)}`.slice(0, longest);
}

export interface NameRequest {
  /** Put behind the wanted name when that is taken. */
  readonly ending: string;
  /** Names that come with it and must be free too. */
  readonly also?: (name: string) => readonly string[];
}

/** Gives each thing a name that is free and legal, always the same for the same things in the same order. */
export class Names {
  readonly #taken = new Set<string>();
  readonly #isReserved: (name: string) => boolean;

  constructor(isReserved: (name: string) => boolean) {
    this.#isReserved = isReserved;
  }

  /** The wanted name, else with the ending, else with a number too. */
  claim(wanted: string, request: NameRequest): string {
    const { ending, also = () => [] } = request;
    for (let number = 0; ; number++) {
      const name = number === 0 ? wanted : number === 1 ? wanted + ending : `${wanted}${ending}${number}`;
      if (!this.isFree(name, also)) continue;
      for (const one of [name, ...also(name)]) this.#taken.add(fold(one));
      return name;
    }
  }

  isFree(name: string, also: (name: string) => readonly string[] = () => []): boolean {
    if (this.#isReserved(name)) return false;
    return [name, ...also(name)].every((one) => !this.#taken.has(fold(one)));
  }
}

/** Names that differ in case alone meet in paths and files. */
function fold(name: string): string {
  return name.toLowerCase();
}

/** Names of attributes and relationships of one resource. */
export function fieldNames(): Names {
  return new Names((name) => reservedField(name) !== null);
}

export function optionNames(): Names {
  return new Names((name) => reservedOption(name) !== null);
}

export interface ResourceNames {
  readonly name: string;
  readonly plural: string;
}

/** Names of resources and their plurals, which meet each other in types, files and paths. */
export class ResourceNaming {
  readonly #types = new Names((name) => reservedType(name) !== null);
  readonly #fields = new Names((name) => reservedPlural(name) !== null);

  claim(wanted: string): ResourceNames {
    for (let number = 0; ; number++) {
      const name = number === 0 ? wanted : number === 1 ? `${wanted}Record` : `${wanted}Record${number}`;
      const types = () => typeNames({ name }).slice(1);
      const [singular, plural] = [camelCase(name), pluralOf(name)];
      if (!this.#types.isFree(name, types) || !this.#fields.isFree(singular, () => [plural])) continue;
      this.#types.claim(name, { ending: "", also: types });
      this.#fields.claim(singular, { ending: "", also: () => [plural] });
      return { name, plural };
    }
  }
}
