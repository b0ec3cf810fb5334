import { readdir, readFile, stat } from "node:fs/promises";
import { join, posix } from "node:path";
import { imports, namedImports } from "./imports.ts";
import { placeOf, relativeTo, specifierBetween } from "./sourcePlaces.ts";

/** What a program needs of Gantry's sources, as an ejected app has it. */
export interface EngineSources {
  /** By their paths in the ejected app. */
  readonly files: ReadonlyMap<string, string>;
  /** Names of the packages that they import. */
  readonly packages: readonly string[];
}

/** Features are entered by this file; what it passes on is taken from where it is written. */
const door = /^server\/features\/\w+\/service\.ts$/;

/** Reads sources from their entries on, with every file that they reach, and lets each name the others where they will stand. */
export class EngineReader {
  readonly #root: string;
  readonly #texts = new Map<string, string>();
  readonly #files = new Map<string, string>();
  readonly #packages = new Set<string>();

  /** `root` is the folder of Gantry's sources. */
  constructor(root: string) {
    this.#root = root;
  }

  async read(entries: readonly string[]): Promise<EngineSources> {
    for (const entry of entries) await this.#visit(entry);
    return { files: this.#files, packages: [...this.#packages].sort() };
  }

  async #visit(file: string): Promise<void> {
    const place = placeOf(file);
    if (this.#files.has(place)) return;
    const text = await this.#text(file);
    // Before those that it names: they may name it.
    this.#files.set(place, text);
    if (!/\.m?[tj]s$/.test(file)) return;
    this.#files.set(place, await this.#rewritten(file, await this.#throughDoors(file, text)));
  }

  async #rewritten(file: string, text: string): Promise<string> {
    const place = placeOf(file);
    let rewritten = "";
    let copied = 0;
    for (const { specifier, at, isAddress } of imports(text)) {
      const target = await this.#targetOf(file, specifier);
      if (target === null) continue;
      await this.#visit(target);
      const to = placeOf(target);
      rewritten += text.slice(copied, at) + (isAddress ? relativeTo(place, to) : specifierBetween(place, to));
      copied = at + specifier.length;
    }
    return rewritten + text.slice(copied);
  }

  /** The file that is named; null for packages, and for what only looks like a name. */
  async #targetOf(file: string, specifier: string): Promise<string | null> {
    const isOwn = specifier.startsWith(".") || specifier.startsWith("#");
    if (!isOwn) {
      if (!specifier.startsWith("node:") && /^import |\nimport /.test(await this.#text(file))) this.#note(specifier);
      return null;
    }
    const target = specifier.startsWith("#") ? specifier.slice(1) : posix.join(posix.dirname(file), specifier);
    return (await stat(join(this.#root, target)).catch(() => null))?.isFile() ? target : null;
  }

  #note(specifier: string): void {
    const parts = specifier.split("/");
    this.#packages.add(parts.slice(0, specifier.startsWith("@") ? 2 : 1).join("/"));
  }

  /** Names that come through a feature's door are imported from the files that they are written in. */
  async #throughDoors(file: string, text: string): Promise<string> {
    let direct = text;
    for (const { specifier, at } of [...imports(text)].reverse()) {
      const target = await this.#targetOf(file, specifier);
      const statement = target !== null && door.test(target) ? namedImports(direct, at) : null;
      if (target === null || !statement) continue;
      const behind = await this.#behind(target);
      const lines = statement.names.map(({ name, isType }) => {
        const from = behind.get(name);
        if (from === undefined) throw new Error(`${file} takes ${name} from ${target}, where it is written itself.`);
        return `import ${isType ? "type " : ""}{ ${name} } from "#${from}";`;
      });
      direct = direct.slice(0, statement.begin) + lines.join("\n") + direct.slice(at + specifier.length + 2);
    }
    // A statement ends with its semicolon, which the last of the new ones has of its own.
    return direct.replaceAll(/";;(?=\n)/g, '";');
  }

  /** What a door passes on, by name. */
  async #behind(target: string): Promise<ReadonlyMap<string, string>> {
    const names = new Map<string, string>();
    for (const [, list = "", from = ""] of (await this.#text(target)).matchAll(
      /^export (?:type )?\{([^}]*)\} from "(\.[^"]+)"/gm,
    )) {
      for (const name of list.split(",")) {
        const bare = name.trim().replace(/^type /, "");
        if (bare !== "") names.set(bare, posix.join(posix.dirname(target), from));
      }
    }
    return names;
  }

  async #text(file: string): Promise<string> {
    const known = this.#texts.get(file);
    if (known !== undefined) return known;
    const text = await readFile(join(this.#root, file), "utf8");
    this.#texts.set(file, text);
    return text;
  }
}

/** Every file below a folder of the sources that is no TypeScript: pages and styles that the engine serves. */
export async function assetsBelow(root: string, folder: string): Promise<readonly string[]> {
  const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !/\.(?:ts|snap|mjs|md)$/.test(entry.name))
    .map((entry) => posix.join(folder, posix.relative(join(root, folder), entry.parentPath), entry.name))
    .filter((file) => !/(?:^|\/)(?:testing|__snapshots__)\//.test(file))
    .sort();
}
