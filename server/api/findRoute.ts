import { namesIn } from "./input/inputSchema.ts";
import type { Method, Route } from "./Route.ts";
import { routes } from "./routes.ts";

interface Pattern {
  readonly expression: RegExp;
  readonly names: readonly string[];
  readonly methods: Map<Method, Route>;
}

export interface Found {
  readonly params: Readonly<Record<string, string>>;
  /** The routes of the path by method. */
  readonly methods: ReadonlyMap<Method, Route>;
}

/** Patterns without names before those with: `/tokens/mine` is not `/tokens/{token}`. */
const patterns = [...patternsOf(routes)].sort((one, other) => one.names.length - other.names.length);

/** What is at a path below `/api/v1`, percent-encoded as it came; undefined where nothing is. */
export function findRoute(path: string): Found | undefined {
  for (const { expression, names, methods } of patterns) {
    const match = expression.exec(path);
    if (!match) continue;
    const values = match.slice(1).map(decoded);
    if (values.includes(undefined)) return undefined;
    return { params: Object.fromEntries(names.map((name, at) => [name, values[at] ?? ""])), methods };
  }
  return undefined;
}

function patternsOf(all: readonly Route[]): Iterable<Pattern> {
  const byPath = new Map<string, Pattern>();
  for (const route of all) {
    const expression = `^${route.path.replaceAll(/\{\w+\}/g, "([^/]+)")}$`;
    const pattern = byPath.get(route.path) ?? {
      expression: new RegExp(expression),
      names: namesIn(route.path),
      methods: new Map<Method, Route>(),
    };
    pattern.methods.set(route.method, route);
    byPath.set(route.path, pattern);
  }
  return byPath.values();
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
