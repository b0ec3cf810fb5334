/** The steps of an import in their order; a connection has no `load`, an import without rows no `rows`. */
export const importSteps = ["load", "read", "save", "rows", "finish"] as const;

export type ImportStep = (typeof importSteps)[number];
