/** One place in a file where another is named. */
export interface NamedFile {
  /** As it is written. */
  readonly specifier: string;
  /** Of the specifier's first character. */
  readonly at: number;
  /** Found on the disk when the program runs, not imported. */
  readonly isAddress: boolean;
}

const patterns: readonly (readonly [RegExp, boolean])[] = [
  [/\b(?:from|import)\s+"([^"\n]+)"/g, false],
  [/\bimport\(\s*"([^"\n]+)"\s*,?\s*\)/g, false],
  [/\bnew URL\(\s*"([^"\n]+)",\s*import\.meta\.url\s*,?\s*\)/g, true],
];

/** Everything that a source names, in the order in which it stands. A text within it may look the same. */
export function imports(text: string): readonly NamedFile[] {
  return patterns
    .flatMap(([pattern, isAddress]) =>
      [...text.matchAll(pattern)].map(({ 0: whole, 1: specifier = "", index }) => ({
        specifier,
        at: index + whole.indexOf(`"${specifier}"`) + 1,
        isAddress,
      })),
    )
    .sort((one, other) => one.at - other.at);
}

/** `import { a, type B } from "./door.ts"` as one statement: the names and where it stands; null for every other form. */
export function namedImports(text: string, specifierAt: number): NamedImport | null {
  const before = text.slice(0, specifierAt - 1);
  const begin = before.lastIndexOf("\nimport ") + 1;
  const statement = /^import (type )?\{([^}]*)\} from $/.exec(before.slice(begin));
  if (!statement) return null;
  const [, isType, list = ""] = statement;
  const names = list.split(",").flatMap((part) => {
    const [, type, name] = /^\s*(type )?(\w+)\s*$/.exec(part) ?? [];
    return name === undefined ? [] : [{ name, isType: isType !== undefined || type !== undefined }];
  });
  return { begin, names };
}

export interface NamedImport {
  readonly begin: number;
  readonly names: readonly { readonly name: string; readonly isType: boolean }[];
}
