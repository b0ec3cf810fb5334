import type { Model } from "../../model/types.ts";
import { openApiDocument } from "../openapi/openApiDocument.ts";

/** One way to call a resource over REST. */
export interface Route {
  /** Name of the resource. */
  readonly resource: string;
  /** `GET /rest/v1/deals/{id}` */
  readonly route: string;
  /** `Get one deal` */
  readonly summary: string;
}

const methods = ["get", "post", "put", "patch", "delete"] as const;

/** Every route of the resources, in the order of the OpenAPI document. */
export function routesOf(model: Model): readonly Route[] {
  const { paths } = openApiDocument(model, { url: "", release: 0 });
  const names = new Set(model.resources.map(({ name }) => name));
  const own = Object.entries(paths).filter(([path]) => path.startsWith("/rest/v1/"));
  return own.flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const { tags: [resource = ""] = [], summary = "" } = item[method] ?? {};
      return names.has(resource) ? [{ resource, route: `${method.toUpperCase()} ${path}`, summary }] : [];
    }),
  );
}
