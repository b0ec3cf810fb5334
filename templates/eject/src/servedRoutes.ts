import { routesOf } from "#lib/codegen/eject/routesOf.ts";
import { AppError } from "#lib/errors/AppError.ts";
import type { Model } from "#lib/model/types.ts";
import type { Mount } from "#server/runtime/host/Mount.ts";
import { mounts } from "#server/runtime/host/mounts.ts";

/** Method and path (`GET /rest/v1/deals/{id}`) with what it does, as `routes/` lists them by resource. */
export type Routes = Readonly<Record<string, string>>;

const root = "/rest/v1/";

/**
 * What is served: everything that the engine has, but of the model's routes only the listed ones. Throws where a route
 * is listed that the model does not have, or a resource is not listed at all.
 */
export function servedMounts(model: Model, listed: readonly Routes[]): readonly Mount[] {
  const wanted = new Set(listed.flatMap((routes) => Object.keys(routes)));
  const known = routesOf(model).map(({ route }) => route);
  const strange = [...wanted].filter((route) => !known.includes(route));
  if (strange.length > 0) {
    throw new Error(`routes/ lists what the model does not have: ${strange.join(", ")}. Write it anew: npm run routes`);
  }
  const withdrawn = known.filter((route) => !wanted.has(route)).map(patternOf);
  if (withdrawn.length === 0) return mounts;
  return mounts.map((mount): Mount => {
    if (mount.path !== root) return mount;
    return {
      ...mount,
      answer: (request, environment) => {
        const route = `${request.method} ${request.path}`;
        if (withdrawn.some((pattern) => pattern.test(route))) {
          throw new AppError("not_found", "There is nothing at this path.");
        }
        return mount.answer(request, environment);
      },
    };
  });
}

function patternOf(route: string): RegExp {
  const literal = route.replaceAll(/[.*+?^$()|[\]\\]/g, "\\$&");
  return new RegExp(`^${literal.replaceAll(/\{[^}]+\}/g, "[^/]+")}$`);
}
