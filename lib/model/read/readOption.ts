import { readBoolean, readCount, readString } from "./literals.ts";
import type { At } from "./OptionReader.ts";
import type { Property } from "./readProperties.ts";

type Options = ReadonlyMap<string, Property>;

/** The text of an option; null where it is absent or was refused. */
export function readNamed(name: string, options: Options, { reading, path }: At): string | null {
  const option = options.get(name);
  return option ? readString(option.value, reading, [...path, name]) : null;
}

/** Whether an option is written and true. */
export function readFlag(name: string, options: Options, { reading, path }: At): boolean {
  const option = options.get(name);
  return option ? (readBoolean(option.value, reading, [...path, name]) ?? false) : false;
}

/** An option that is a text, under its name; empty where it is absent or was refused. */
export function readText<K extends string>(name: K, options: Options, at: At): { readonly [key in K]?: string } {
  const text = readNamed(name, options, at);
  return text === null ? {} : single(name, text);
}

/** An option that is a whole number from 0 up, of at most so many digits. */
export function readLength<K extends string>(
  name: K,
  options: Options,
  { reading, path }: At,
  digits = 9,
): { readonly [key in K]?: number } {
  const option = options.get(name);
  const count = option ? readCount(option.value, reading, [...path, name], digits) : null;
  return count === null ? {} : single(name, count);
}

export function single<K extends string, V>(key: K, value: V): { readonly [key in K]?: V } {
  const entry: { [key in K]?: V } = {};
  entry[key] = value;
  return entry;
}
