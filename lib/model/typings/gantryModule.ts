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
  }

  /** The whole app, in gantry.config.ts. */
  function app(options: AppOptions): unknown;

  /** Fields that are stored: attributes and belongsTo. */
  type Stored<A, R> =
    | (keyof A & string)
    | { [N in keyof R & string]: R[N] extends BelongsTo ? N : never }[keyof R & string];

  interface ResourceOptions<A, R> {
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
    unique?: readonly (readonly Stored<A, R>[])[];
    /** Fields that are looked up or sorted by together; with "-" in front from high to low. */
    indexes?: readonly (readonly (Stored<A, R> | \`-\${Stored<A, R>}\`)[])[];
    /** Which actions there are; without it all four. */
    actions?: { read?: {}; create?: {}; update?: {}; destroy?: {} };
  }

  /** One kind of record, in domain/<name>.ts: a PascalCase singular such as "OrderDetail". */
  function resource<
    const A extends Readonly<Record<string, Attribute>> = {},
    const R extends Readonly<Record<string, Relationship>> = {},
  >(name: string, options?: ResourceOptions<A, R>): unknown;

  interface Options {
    /** Stored name; without it snake_case of the name. Keep it when you rename an attribute. */
    column?: string;
    /** A value must be given. */
    required?: boolean;
    /** No two records have the same value. */
    unique?: boolean;
    /** What it is, for people. */
    describe?: string;
  }

  interface TextOptions extends Options {
    default?: string;
    /** In characters. */
    minLength?: number;
    maxLength?: number;
    /** A regular expression that the whole value must match. */
    pattern?: string;
  }

  interface IntegerOptions extends Options {
    default?: number | Generated;
    min?: number;
    max?: number;
  }

  interface BigintOptions extends Options {
    default?: string | number | Generated;
    min?: string | number;
    max?: string | number;
  }

  interface DecimalOptions extends Options {
    default?: string | number;
    min?: string | number;
    max?: string | number;
    /** How many digits there are in all. */
    precision?: number;
    /** How many of them stand after the point. */
    scale?: number;
  }

  interface BooleanOptions extends Options {
    default?: boolean;
  }

  interface DateOptions extends Options {
    /** Such as "2026-01-31". */
    default?: string | Today;
    min?: string;
    max?: string;
  }

  interface TimestampOptions extends Options {
    /** Such as "2026-01-31T12:00:00Z". */
    default?: string | Now;
    min?: string;
    max?: string;
  }

  interface UuidOptions extends Options {
    default?: string | NewUuid;
  }

  interface JsonOptions extends Omit<Options, "unique"> {
    default?: Json;
  }

  interface ChoiceOptions<N extends string> extends Options {
    default?: N;
  }

  function text(options?: TextOptions): Attribute & Key;
  /** A whole number of 32 bits. */
  function integer(options?: IntegerOptions): Attribute & Key;
  /** A whole number of 64 bits, as text in the APIs. */
  function bigint(options?: BigintOptions): Attribute & Key;
  /** An exact number, as text in the APIs. */
  function decimal(options?: DecimalOptions): Attribute;
  function boolean(options?: BooleanOptions): Attribute;
  /** A day. */
  function date(options?: DateOptions): Attribute;
  /** A moment. */
  function timestamp(options?: TimestampOptions): Attribute;
  function json(options?: JsonOptions): Attribute;
  /** As an attribute a UUID; as a default a new one for each record. */
  function uuid(options?: UuidOptions): Attribute & Key & NewUuid;
  /** One of some options. To rename one, write what is stored beside it: { placed: "open", shipped: "shipped" }. */
  function choice<const O extends readonly string[]>(options: O, more?: ChoiceOptions<O[number]>): Attribute;
  function choice<const O extends Readonly<Record<string, string>>>(
    options: O,
    more?: ChoiceOptions<keyof O & string>,
  ): Attribute;

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
  }

  /** Leads to one record of another resource, or of the same. The API has its key as <name>Id. */
  function belongsTo(target: string, options?: BelongsToOptions): BelongsTo;

  interface HasManyOptions {
    /** The belongsTo of the target that leads back. */
    via: string;
    describe?: string;
  }

  /** The one record whose belongsTo, named in via and unique, leads here: hasOne("Passport", { via: "holder" }). */
  function hasOne(target: string, options: { via: string; describe?: string }): HasOne;

  /** The other end of a belongsTo. */
  function hasMany(target: string, options: HasManyOptions): HasMany;

  type ManyToManyOptions =
    | { table?: string; column?: string; targetColumn?: string; via?: never; describe?: string }
    | { via: string; table?: never; column?: never; targetColumn?: never; describe?: string };

  /** Many on both sides, kept in a table of its own. The other side points here with via. */
  function manyToMany(target: string, options?: ManyToManyOptions): ManyToMany;
}
`;
