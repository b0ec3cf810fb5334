export type Components = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

const prefix = "#/components/";

/** The components that the paths refer to, also through others. */
export function usedComponents<Kinds extends Components>(paths: unknown, components: Kinds): Kinds {
  const used = new Set<string>();
  const visit = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    for (const [key, child] of Object.entries(value)) {
      if (key === "$ref" && typeof child === "string" && child.startsWith(prefix)) follow(child.slice(prefix.length));
      else visit(child);
    }
  };
  const follow = (name: string): void => {
    if (used.has(name)) return;
    used.add(name);
    const cut = name.indexOf("/");
    visit(components[name.slice(0, cut)]?.[name.slice(cut + 1)]);
  };
  visit(paths);
  return Object.fromEntries(
    Object.entries(components).map(([kind, members]) => [
      kind,
      Object.fromEntries(Object.entries(members).filter(([name]) => used.has(`${kind}/${name}`))),
    ]),
  ) as Kinds;
}
