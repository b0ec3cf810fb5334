import { functionDefinitions } from "#lib/expression/check/functions/functionDefinitions.ts";

export interface FunctionHelp {
  readonly name: string;
  /** As it is written. */
  readonly usage: string;
  /** One line on what it gives. */
  readonly about: string;
}

/** What looks at related records or at the request, which the checker knows by itself. */
const special: readonly FunctionHelp[] = [
  { name: "exists", usage: "exists(lines, price > 0)", about: "Whether there are any related records, or any such." },
  {
    name: "all",
    usage: "all(lines, price > 0)",
    about: "Whether all related records are such; true where there are none.",
  },
  { name: "count", usage: "count(lines, price > 0)", about: "How many related records there are, or such." },
  { name: "sum", usage: "sum(lines, price * quantity)", about: "The sum over related records." },
  { name: "avg", usage: "avg(lines.price)", about: "The average over related records." },
  { name: "min", usage: "min(lines.price)", about: "The least among related records." },
  { name: "max", usage: "max(lines.price)", about: "The greatest among related records." },
  { name: "first", usage: "first(lines.price)", about: "The value of the first related record." },
  { name: "list", usage: "list(tags.name)", about: "All values of related records as a list." },
  { name: "has", usage: "has(owner)", about: "Whether there is a value, or any related records." },
  { name: "now", usage: "now()", about: "The moment of the request." },
  { name: "today", usage: "today()", about: "The day of the request, in UTC." },
];

/** Every function that an expression may call, by name. */
export const functionHelp: readonly FunctionHelp[] = [
  ...special,
  ...functionDefinitions.flatMap(({ names, usage, about }) =>
    names.slice(0, 1).map((name) => ({ name, usage, about })),
  ),
].toSorted((a, b) => a.name.localeCompare(b.name));

/** Functions whose brackets hold the names of the related records that their first argument leads to. */
export const relatedFunctions: ReadonlySet<string> = new Set([
  "exists",
  "all",
  "count",
  "sum",
  "avg",
  "min",
  "max",
  "first",
  "list",
]);
