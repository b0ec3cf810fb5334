import { AppError, type FieldError } from "#lib/errors/AppError.ts";
import { fromJson } from "#lib/expression/fromCanonical.ts";
import { toCanonical } from "#lib/expression/toCanonical.ts";
import type { ValueType } from "#lib/expression/ValueType.ts";
import { actorType } from "#lib/model/expressions/actorType.ts";
import type { Model } from "#lib/model/types.ts";
import { anonymousActor } from "#lib/plan/access/actors.ts";
import type { Actor, ParameterValue } from "#lib/plan/types.ts";
import { parseExactJson } from "#lib/plan/values/exactJson.ts";

/** Characters of JSON. */
const longest = 8000;

const members = ["kind", "id", "roles", "tenant", "attributes"] as const;
const kinds = ["user", "apiKey", "anonymous"] as const;

interface ActorShape {
  readonly kind: (typeof kinds)[number];
  readonly id: unknown;
  readonly roles: readonly string[];
  readonly tenant: unknown;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/**
 * An actor as a header names it: `{"id": "…", "roles": ["sales"], "tenant": "…", "attributes": {…}}`, as JSON or as
 * base64url of JSON.
 */
export function readActor(text: string, model: Model, place: string): Actor {
  const json = text.trimStart().startsWith("{") ? text : Buffer.from(text, "base64url").toString("utf8");
  if (json.length <= longest) {
    try {
      return actorOf(parseExactJson(json), model, place);
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
    }
  }
  const message = `Give an actor as JSON of at most ${longest} characters, or as base64url of it.`;
  throw refused([{ field: place, rule: "syntax", message }]);
}

/** The same from a JSON value. Its values are checked by the model, so that policies meet what they expect. */
export function actorOf(input: unknown, model: Model, place: string): Actor {
  const { kind, id, roles, tenant, attributes } = shapeOf(input, place);
  if (kind === "anonymous") return anonymousActor;
  const reading = new ActorReading(model, place);
  const actor: Actor = {
    kind,
    id: reading.text("id", id, kind === "user" ? reading.type("id") : { kind: "text" }),
    roles: reading.roles(roles),
    tenant: reading.text("tenant", tenant, reading.type("tenant")),
    attributes: reading.attributes(attributes),
    unrestricted: false,
  };
  if (reading.errors.length > 0) throw refused(reading.errors);
  return Object.freeze(actor);
}

function shapeOf(input: unknown, place: string): ActorShape {
  const errors: FieldError[] = [];
  const that = (isSo: boolean, field: string, error: Omit<FieldError, "field" | "rule">) => {
    if (!isSo) errors.push({ field: field === "" ? place : `${place}.${field}`, rule: "shape", ...error });
  };
  const given = isObject(input) ? input : {};
  that(isObject(input), "", { message: "Give an object." });
  for (const name of Object.keys(given)) {
    that((members as readonly string[]).includes(name), "", {
      message: `An actor has no part ${name}.`,
      allowed: members,
    });
  }
  const { id, tenant, kind: named = "user", roles = [], attributes = {} } = given;
  const kind = kinds.find((each) => each === named);
  that(kind !== undefined, "kind", { message: "Give the kind of the actor.", allowed: kinds });
  const areTexts = Array.isArray(roles) && roles.length <= 100 && roles.every((role) => typeof role === "string");
  that(areTexts, "roles", { message: "Give a list of at most 100 names." });
  that(isObject(attributes), "attributes", { message: "Give an object." });
  if (errors.length > 0 || !kind || !Array.isArray(roles) || !isObject(attributes)) throw refused(errors);
  return { kind, id, roles, tenant, attributes };
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const own: readonly string[] = ["id", "kind", "role", "roles", "tenant"];

class ActorReading {
  readonly errors: FieldError[] = [];
  readonly #model: Model;
  readonly #place: string;
  readonly #types: ReadonlyMap<string, ValueType>;

  constructor(model: Model, place: string) {
    this.#model = model;
    this.#place = place;
    const type = actorType(model);
    this.#types = new Map(type.kind === "object" ? type.members.map((member) => [member.name, member.type]) : []);
  }

  type(name: string): ValueType {
    return this.#types.get(name) ?? { kind: "text" };
  }

  roles(roles: readonly string[]): readonly string[] {
    const allowed = this.#model.app.roles?.map(({ name }) => name) ?? [];
    roles.forEach((role, index) => {
      if (!allowed.includes(role)) {
        this.#refuse(`roles.${index}`, { rule: "unknown", message: "The app has no such role.", allowed });
      }
    });
    return roles;
  }

  attributes(given: Readonly<Record<string, unknown>>): Readonly<Record<string, ParameterValue>> {
    const allowed = [...this.#types.keys()].filter((name) => !own.includes(name));
    const values = Object.entries(given).map(([name, value]): [string, ParameterValue] => {
      const place = `attributes.${name}`;
      if (!allowed.includes(name)) {
        this.#refuse(place, { rule: "unknown", message: "The app's users have no such attribute.", allowed });
        return [name, null];
      }
      const type = this.type(name);
      if (type.kind !== "list" || value === null) return [name, this.text(place, value, type)];
      if (!Array.isArray(value)) this.#refuse(place, { rule: "type", message: "Give a list." });
      return [name, Array.isArray(value) ? value.map((item) => this.text(place, item, type.of) ?? "") : null];
    });
    return Object.fromEntries(values);
  }

  /** The canonical text of a value of the type; null where there is none. */
  text(name: string, value: unknown, type: ValueType): string | null {
    if (value === undefined || value === null) return null;
    const text = toCanonical(type, fromJson(type, value));
    if (text !== null && !text.includes("\0")) return text;
    const allowed = type.kind === "choice" ? { allowed: type.options } : {};
    this.#refuse(name, { rule: "type", message: `Give a value of the type ${type.kind}.`, ...allowed });
    return null;
  }

  #refuse(name: string, error: Omit<FieldError, "field">): void {
    this.errors.push({ field: `${this.#place}.${name}`, ...error });
  }
}

function refused(fields: readonly FieldError[]): AppError {
  return new AppError("invalid_request", "This is no actor of the app.", { fields });
}
