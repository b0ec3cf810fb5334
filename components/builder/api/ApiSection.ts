/** The parts of the API studio, in the order of its tabs. */
export const apiSections = [
  "connect",
  "operations",
  "lists",
  "deprecations",
  "settings",
  "users",
  "console",
  "docs",
  "client",
] as const;

export type ApiSection = (typeof apiSections)[number];

export function isApiSection(name: string): name is ApiSection {
  return apiSections.some((section) => section === name);
}

/** Where a problem of the model is mended in the studio; null where that is not here. */
export function sectionOfProblem(path: readonly string[]): ApiSection | null {
  if (path[0] === "app") return path[1] === "api" ? "settings" : path[1] === "auth" ? "users" : null;
  if (path.includes("deprecated")) return "deprecations";
  if (path[1] !== "api") return null;
  return path[2] === "operations" || path[2] === "path" ? "operations" : "lists";
}
