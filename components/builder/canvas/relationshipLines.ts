import type { Model, Relationship, Resource } from "#lib/model/types.ts";

/** How many of one side a record of the other side has, as the end of a line shows it. */
export type Multiplicity = "one" | "zeroOrOne" | "many";

export interface LineEnd {
  readonly resource: string;
  /** The relationship's name on this side, or null where this side does not name it. */
  readonly relationship: string | null;
  readonly multiplicity: Multiplicity;
}

/** One line of the picture: a belongsTo with its hasMany, or the two sides of a manyToMany. */
export interface RelationshipLine {
  readonly id: string;
  readonly from: LineEnd;
  readonly to: LineEnd;
  /** "Order belongs to Customer as customer; Customer has many Order as orders" */
  readonly sentence: string;
}

/** The lines of a model; relationships that lead nowhere have none. */
export function relationshipLines(model: Model): readonly RelationshipLine[] {
  const byName = new Map(model.resources.map((resource) => [resource.name, resource]));
  return model.resources.flatMap((resource) =>
    resource.relationships.flatMap((relationship) => {
      const target = byName.get(relationship.target);
      const line = target && lineOf(resource, relationship, target);
      return line ? [line] : [];
    }),
  );
}

function lineOf(resource: Resource, relationship: Relationship, target: Resource): RelationshipLine | null {
  const id = `${resource.name}.${relationship.name}`;
  switch (relationship.kind) {
    case "belongsTo": {
      const mirror = target.relationships.find(
        (other) =>
          (other.kind === "hasMany" || other.kind === "hasOne") &&
          other.target === resource.name &&
          other.via === relationship.name,
      );
      const amount = mirror?.kind === "hasOne" ? "one" : "many";
      const has = mirror ? `; ${target.name} has ${amount} ${resource.name} as ${mirror.name}` : "";
      return {
        id,
        from: {
          resource: resource.name,
          relationship: relationship.name,
          multiplicity: relationship.unique ? "zeroOrOne" : "many",
        },
        to: {
          resource: target.name,
          relationship: mirror?.name ?? null,
          multiplicity: relationship.required ? "one" : "zeroOrOne",
        },
        sentence: `${resource.name} belongs to ${target.name} as ${relationship.name}${has}`,
      };
    }
    case "manyToMany": {
      // The other side draws it, unless it names a side that is not there.
      const inverse = target.relationships.find((other) => other.name === relationship.inverse);
      if (!relationship.owner && inverse) return null;
      const back = relationship.inverse === undefined ? "" : ` and ${relationship.inverse}`;
      return {
        id,
        from: { resource: resource.name, relationship: relationship.name, multiplicity: "many" },
        to: { resource: target.name, relationship: inverse?.name ?? null, multiplicity: "many" },
        sentence: `${resource.name} and ${target.name} are many to many as ${relationship.name}${back}`,
      };
    }
    case "hasOne":
    case "hasMany":
      return null;
  }
}
