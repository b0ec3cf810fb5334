import { posix } from "node:path";

/** Folders of Gantry's sources and where their files stand in an ejected app; the first that fits. */
const places: readonly (readonly [string, string])[] = [
  ["templates/eject/", ""],
  ["lib/", "engine/lib/"],
  ["server/runtime/", "engine/runtime/"],
  ["server/features/environments/", "engine/schema/"],
  ["server/features/deployments/seeds/", "engine/seeds/"],
  ["server/", "engine/"],
  ["scripts/launch/", "engine/patch/"],
];

/** Where a file of Gantry's sources stands in an ejected app; both from the top, with slashes. */
export function placeOf(file: string): string {
  const found = places.find(([from]) => file.startsWith(from));
  if (!found) throw new Error(`${file} belongs to no part of the engine.`);
  const [from, to] = found;
  return to + file.slice(from.length);
}

/** How one file of an ejected app names another: nearby by the way there, across its parts from the top of the engine. */
export function specifierBetween(from: string, to: string): string {
  if (partOf(from) !== partOf(to) && to.startsWith("engine/")) return `#${to}`;
  return relativeTo(from, to);
}

/** The way from one file to another, for what is found on the disk and not imported. */
export function relativeTo(from: string, to: string): string {
  const way = posix.relative(posix.dirname(from), to);
  return way.startsWith(".") ? way : `./${way}`;
}

/** `engine/lib`, `engine/runtime` …, or the app's own folders. */
function partOf(file: string): string {
  const [first = "", second = ""] = file.split("/");
  return first === "engine" ? `${first}/${second}` : "";
}
