import type { Model } from "#lib/model/types.ts";
import { type Catalog, catalogOf, type Entity } from "#lib/plan/catalog/Catalog.ts";
import type { ReadOneShape } from "#lib/plan/types.ts";
import type { QueryTemplate } from "./query/QueryTemplate.ts";
import { readRawQuery } from "./query/RawQuery.ts";
import { readTemplate, type TemplateRequest } from "./query/readTemplate.ts";

/** What queries of one app came to: so many are kept, and so many more for each resource. */
const maxTemplates = 1000;
const templatesEach = 4;
const maxSkeleton = 4000;

/** One model as REST sees it; environments that share a model share it. */
export class RestApp {
  readonly catalog: Catalog;
  /** What queries came to, the one not seen for longest first. */
  readonly #templates = new Map<string, QueryTemplate>();
  readonly #itemShapes = new WeakMap<QueryTemplate, ReadOneShape>();

  constructor(model: Model) {
    this.catalog = catalogOf(model);
  }

  /** What a query comes to, and its mere values, still encoded. */
  template(query: string, request: Omit<TemplateRequest, "catalog">): Found {
    const { pairs, skeleton, values } = readRawQuery(query);
    const { entity, kind, within, action = "" } = request;
    const name = `${kind} ${action} ${within ? `${within.resource}.${within.relationship}` : entity.name} ${skeleton}`;
    const known = this.#templates.get(name);
    if (known) return { template: known, values };
    const template = readTemplate(pairs, { ...request, catalog: this.catalog });
    if (name.length <= maxSkeleton) {
      this.#templates.set(name, template);
      if (this.#templates.size > maxTemplates + templatesEach * this.catalog.entities.size) {
        const [oldest] = this.#templates.keys();
        if (oldest !== undefined) this.#templates.delete(oldest);
      }
    }
    return { template, values };
  }

  /** The shape that reads one record as a template has it. */
  itemShape(template: QueryTemplate): ReadOneShape {
    let shape = this.#itemShapes.get(template);
    if (!shape) {
      shape = { kind: "one", resource: template.entity.name, key: 0, selection: template.selection };
      this.#itemShapes.set(template, shape);
    }
    return shape;
  }

  entityAt(path: string): Entity | null {
    return this.catalog.byPath.get(path) ?? null;
  }
}

interface Found {
  readonly template: QueryTemplate;
  readonly values: readonly string[];
}
