import { AppError } from "#lib/errors/AppError.ts";
import type { Answer } from "../http/Answer.ts";
import type { AppRequest } from "../http/AppRequest.ts";
import { MethodError } from "../http/problemAnswer.ts";
import { AuthCall } from "./routes/AuthCall.ts";
import type { AuthRoute } from "./routes/AuthRoute.ts";
import { authRoutes } from "./routes/authRoutes.ts";
import type { Users } from "./Users.ts";

const authRoot = "/auth";

interface Match {
  readonly route: AuthRoute;
  readonly segments: Readonly<Record<string, string>>;
}

/** Answers everything below `/auth`. */
export async function authRoute(users: Users, request: AppRequest): Promise<Answer> {
  const path = request.path.slice(authRoot.length);
  const matches = authRoutes.flatMap((route): readonly Match[] => {
    if (!(route.isThere?.(users.auth) ?? true)) return [];
    const segments = segmentsOf(route.path, path);
    return segments ? [{ route, segments }] : [];
  });
  if (matches.length === 0) throw new AppError("not_found", "There is nothing at this path.");
  const method = request.method === "HEAD" ? "GET" : request.method;
  const match = matches.find(({ route }) => route.method === method);
  if (!match) throw new MethodError([...matches.map(({ route }) => route.method), "OPTIONS"]);
  const { route, segments } = match;
  // A server of the app's own asks for many people from one address.
  if (!request.actor.unrestricted) users.rates.charge(route.rate ?? "usual", request.from());
  return route.answer(new AuthCall(users, request, segments));
}

/** What stands where the pattern has names; null for a path that is another. */
function segmentsOf(pattern: string, path: string): Readonly<Record<string, string>> | null {
  const [names, given] = [pattern.split("/"), path.split("/")];
  if (names.length !== given.length) return null;
  const segments: Record<string, string> = {};
  for (const [at, name] of names.entries()) {
    const text = given[at] ?? "";
    if (!name.startsWith(":")) {
      if (name !== text) return null;
    } else if (text === "") return null;
    else segments[name.slice(1)] = decoded(text);
  }
  return segments;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
