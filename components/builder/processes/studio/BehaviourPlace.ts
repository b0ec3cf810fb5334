/** What of the behaviour studio is shown. */
export type BehaviourPlace =
  | { readonly kind: "overview" }
  | { readonly kind: "runs"; readonly run?: string }
  | { readonly kind: "functions"; readonly name?: string }
  | { readonly kind: "process"; readonly name: string; readonly view: ProcessView };

/** `flow` is where it is edited, `try` where it is walked on samples. */
export type ProcessView = "flow" | "try" | "runs";

/** The place that the last parts of an address lead to; null where there is none. */
export function placeOf(parts: readonly string[]): BehaviourPlace | null {
  const [section, name, view, ...more] = parts.map(decodeURIComponent);
  if (section === undefined) return { kind: "overview" };
  if (more.length > 0) return null;
  if (section === "runs" && view === undefined) return { kind: "runs", ...(name === undefined ? {} : { run: name }) };
  if (section === "functions" && view === undefined) {
    return { kind: "functions", ...(name === undefined ? {} : { name }) };
  }
  if (section !== "processes" || name === undefined) return null;
  if (view === undefined) return { kind: "process", name, view: "flow" };
  return view === "try" || view === "runs" ? { kind: "process", name, view } : null;
}

/** The last parts of the address of a place. */
export function partsOf(place: BehaviourPlace): readonly string[] {
  switch (place.kind) {
    case "overview":
      return [];
    case "runs":
      return ["runs", ...(place.run === undefined ? [] : [place.run])];
    case "functions":
      return ["functions", ...(place.name === undefined ? [] : [place.name])];
    case "process":
      return ["processes", place.name, ...(place.view === "flow" ? [] : [place.view])];
  }
}

/** Where a problem of the model is mended here; null where that is not here. */
export function placeOfProblem([section, name]: readonly string[]): BehaviourPlace | null {
  if (name === undefined) return null;
  if (section === "processes") return { kind: "process", name, view: "flow" };
  return section === "functions" ? { kind: "functions", name } : null;
}
