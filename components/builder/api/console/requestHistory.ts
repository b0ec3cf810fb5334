import type { ConsoleRequest } from "./ConsoleRequest.ts";

/** A request that was sent from this browser, without who asked. */
export interface KeptRequest extends Omit<ConsoleRequest, "headers"> {
  readonly protocol: "rest" | "graphql";
  /** RFC 3339. */
  readonly at: string;
  /** Null where no answer came. */
  readonly status: number | null;
  readonly milliseconds: number | null;
}

const most = 20;
/** Longer bodies are not kept. */
const longestBody = 20_000;

const keyOf = (storageKey: string) => `gantry:console:${storageKey}`;

/** The last requests, the newest first; none where they cannot be read. */
export function readHistory(storage: Storage, storageKey: string): readonly KeptRequest[] {
  try {
    const kept: unknown = JSON.parse(storage.getItem(keyOf(storageKey)) ?? "[]");
    return Array.isArray(kept) ? kept.filter(isKept) : [];
  } catch {
    return [];
  }
}

/** The history with one more request on top; the same request again takes the place of the older one. */
export function withRequest(history: readonly KeptRequest[], request: KeptRequest): readonly KeptRequest[] {
  const kept = request.body.length > longestBody ? { ...request, body: "" } : request;
  const same = ({ method, path, body }: KeptRequest) =>
    method === kept.method && path === kept.path && body === kept.body;
  return [kept, ...history.filter((other) => !same(other))].slice(0, most);
}

export function keepHistory(storage: Storage, storageKey: string, history: readonly KeptRequest[]): void {
  try {
    if (history.length === 0) storage.removeItem(keyOf(storageKey));
    else storage.setItem(keyOf(storageKey), JSON.stringify(history));
  } catch {
    // A browser that forbids storage remembers nothing.
  }
}

function isKept(value: unknown): value is KeptRequest {
  if (typeof value !== "object" || value === null) return false;
  const { protocol, method, path, body, at } = value as Partial<Record<keyof KeptRequest, unknown>>;
  const texts = [method, path, body, at].every((text) => typeof text === "string");
  return texts && (protocol === "rest" || protocol === "graphql");
}
