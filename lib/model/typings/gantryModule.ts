import { apiTypings } from "./apiTypings.ts";
import { attributeTypings } from "./attributeTypings.ts";
import { authTypings } from "./authTypings.ts";
import { behaviourTypings } from "./behaviourTypings.ts";
import { processTypings } from "./processTypings.ts";
import { testTypings } from "./testTypings.ts";

/**
 * The text of `gantry.d.ts`: what an editor needs to check and complete an app's files. Gantry itself never runs or
 * imports them; nothing of this exists at run time.
 */
export const gantryModule = `// What the files of this app are written with. Gantry reads them as text and never runs them:
// write plain values and calls of these functions, nothing else.

declare module "gantry" {
  const mark: unique symbol;

  interface Attribute {
    readonly [mark]: "attribute";
  }

  /** What a value of it is in functions. */
  interface Of<V> {
    readonly of?: V;
  }

  /** An attribute whose type can be that of a key. */
  interface Key {
    readonly key: true;
  }

  interface BelongsTo {
    readonly [mark]: "belongsTo";
  }

  interface HasOne {
    readonly [mark]: "hasOne";
  }

  interface HasMany {
    readonly [mark]: "hasMany";
  }

  interface ManyToMany {
    readonly [mark]: "manyToMany";
  }

  type Relationship = BelongsTo | HasOne | HasMany | ManyToMany;

  type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

  interface AppOptions {
    name: string;
    describe?: string;
    /** What actors can be: ["manager"], or { manager: "Leads a team" }. */
    roles?: readonly string[] | Readonly<Record<string, string>>;
    /** The resource whose records are the people who sign in to the app. */
    users?: string;
    /** How they sign in. */
    auth?: Auth;
    /** Servers that processes call. */
    connections?: Readonly<Record<string, Connection>>;
    /** How the app shows in its APIs. */
    api?: AppApi;
  }

  /** The whole app, in gantry.config.ts. */
  function app(options: AppOptions): unknown;

  /** Fields that are stored: attributes and belongsTo. */
  type Stored<A, R> =
    | (keyof A & string)
    | { [N in keyof R & string]: R[N] extends BelongsTo ? N : never }[keyof R & string];

  interface ResourceOptions<A, R, X> extends Behaviour<A, Stored<A, R>, X> {
    /** What it is, for people. */
    describe?: string;
    /** In camelCase, where the regular plural is wrong. */
    plural?: string;
    /** Stored name; without it snake_case of the plural. Keep it when you rename a resource. */
    table?: string;
    /** Without it a UUID in the column "id". */
    key?: Attribute & Key;
    attributes?: A;
    relationships?: R;
    /** Groups of fields whose values together are unique. */
    unique?: readonly (readonly Stored<A, R>[] | UniqueWhen)[];
    /** Fields that are looked up or sorted by together; with "-" in front from high to low. */
    indexes?: readonly (readonly (Stored<A, R> | \`-\${Stored<A, R>}\`)[])[];
  }

  /** One kind of record, in domain/<name>.ts: a PascalCase singular such as "OrderDetail". */
  function resource<
    const A extends Readonly<Record<string, Attribute>> = {},
    const R extends Readonly<Record<string, Relationship>> = {},
    const X = {},
  >(name: string, options?: ResourceOptions<A, R, X>): unknown;

${apiTypings}
${attributeTypings}
  interface Now {
    readonly now: true;
  }

  interface Today {
    readonly today: true;
  }

  interface NewUuid {
    readonly newUuid: true;
  }

  interface Generated {
    readonly generated: true;
  }

  /** The moment at which a record is made. */
  function now(): Now;
  /** The day on which a record is made. */
  function today(): Today;
  /** The database numbers the records; keys only. */
  function generated(): Generated;

  interface BelongsToOptions {
    /** A record cannot be without one. */
    required?: boolean;
    /** One to one: no two records lead to the same one. */
    unique?: boolean;
    /** When what it leads to is deleted: refuse that, delete this too, or empty this. Without it "restrict". */
    onDelete?: "restrict" | "cascade" | "setNull";
    /** Stored name; without it snake_case of the name and "_id". */
    column?: string;
    describe?: string;
    deprecated?: Deprecated;
  }

  /** Leads to one record of another resource, or of the same. The API has its key as <name>Id. */
  function belongsTo(target: string, options?: BelongsToOptions): BelongsTo;

  interface HasManyOptions {
    /** The belongsTo of the target that leads back. */
    via: string;
    describe?: string;
    deprecated?: Deprecated;
  }

  /** The one record whose belongsTo, named in via and unique, leads here: hasOne("Passport", { via: "holder" }). */
  function hasOne(target: string, options: HasManyOptions): HasOne;

  /** The other end of a belongsTo. */
  function hasMany(target: string, options: HasManyOptions): HasMany;

  type ManyToManyOptions = { describe?: string; deprecated?: Deprecated } & (
    | { table?: string; column?: string; targetColumn?: string; via?: never; through?: never }
    | { via: string; table?: never; column?: never; targetColumn?: never; through?: never }
    | {
        /** The resource whose records are the links, with a belongsTo to either side. */
        through: string;
        /** Which of its belongsTo leads here and which to the target, where it has several. */
        via?: string;
        targetVia?: string;
        table?: never;
        column?: never;
        targetColumn?: never;
      }
  );

  /**
   * Many on both sides, kept in a table of its own; the other side points here with via. Links that say something of
   * their own are records: manyToMany("Contact", { through: "DealContact" }), on both sides alike.
   */
  function manyToMany(target: string, options?: ManyToManyOptions): ManyToMany;
${behaviourTypings}${authTypings}${processTypings}${testTypings}}
`;
