import { kebabCase } from "./kebabCase.ts";

/** What is written in a file of its own beside the resources. */
export type ProgramKind = "process" | "function";

const folders = { process: "processes", function: "functions" } as const satisfies Record<ProgramKind, string>;

/** The folder of its files, and the first part of its path in the model. */
export function programFolder(kind: ProgramKind): (typeof folders)[ProgramKind] {
  return folders[kind];
}

/** Where a process or a function is written: `closeDeal` to `processes/close-deal.ts`. */
export function programFile(kind: ProgramKind, name: string): string {
  return `${folders[kind]}/${kebabCase(name)}.ts`;
}

/** Processes or functions in the order of their files. */
export function inProgramOrder<T extends { readonly name: string }>(programs: readonly T[]): readonly T[] {
  const file = ({ name }: T) => `${kebabCase(name)}.ts`;
  return programs.toSorted((one, other) => (file(one) < file(other) ? -1 : file(one) > file(other) ? 1 : 0));
}
