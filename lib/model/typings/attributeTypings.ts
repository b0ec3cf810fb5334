/** The part of `gantry.d.ts` that says what attributes and value objects are written with. */
export const attributeTypings = `  interface ValueObjectOptions {
    /** What it is, for people. */
    describe?: string;
    attributes?: Readonly<Record<string, Attribute>>;
  }

  /** A value of several parts without a record of its own, in domain/<name>.ts: "Address". Attributes hold it with embed. */
  function valueObject(name: string, options?: ValueObjectOptions): unknown;

  interface PlainOptions {
    /** Stored name; without it snake_case of the name. Keep it when you rename an attribute. */
    column?: string;
    /** A value must be given. */
    required?: boolean;
    /** Set by actions and the default only, never by callers. */
    readOnly?: boolean;
    /** Set when the record is created, never changed. */
    writeOnce?: boolean;
    /** Never logged, never exported, masked in copies of the data. */
    sensitive?: boolean;
    /** What it is, for people. */
    describe?: string;
    /** Still answered, but clients are told to leave it. */
    deprecated?: Deprecated;
  }

  interface Options extends PlainOptions {
    /** No two records have the same value. */
    unique?: boolean;
  }

  interface Lengths {
    /** In characters. */
    minLength?: number;
    maxLength?: number;
  }

  interface Items {
    /** How many items there are. */
    minItems?: number;
    maxItems?: number;
  }

  interface TextOptions extends Options, Lengths {
    default?: string | Worked;
    example?: string;
    /** A regular expression that the whole value must match. */
    pattern?: string;
  }

  interface IntegerOptions extends Options {
    default?: number | Generated | Worked;
    example?: number;
    min?: number;
    max?: number;
  }

  interface BigintOptions extends Options {
    default?: string | number | Generated | Worked;
    example?: string | number;
    min?: string | number;
    max?: string | number;
  }

  interface Digits {
    /** How many digits there are in all. */
    precision?: number;
    /** How many of them stand after the point. */
    scale?: number;
  }

  interface DecimalOptions extends Options, Digits {
    default?: string | number | Worked;
    example?: string | number;
    min?: string | number;
    max?: string | number;
  }

  interface MoneyOptions extends Options {
    /** The currency of all amounts, such as "EUR"; without it each value names its own. */
    currency?: string;
    /** Such as "12.50 EUR". */
    default?: string | Worked;
    example?: string;
    /** Amounts, such as "0.01". */
    min?: string | number;
    max?: string | number;
  }

  interface BooleanOptions extends Options {
    default?: boolean | Worked;
    example?: boolean;
  }

  interface DateOptions extends Options {
    /** Such as "2026-01-31". */
    default?: string | Today | Worked;
    example?: string;
    min?: string;
    max?: string;
  }

  interface TimeOptions extends Options {
    /** Such as "09:30". */
    default?: string | Worked;
    example?: string;
    min?: string;
    max?: string;
  }

  interface TimestampOptions extends Options {
    /** Such as "2026-01-31T12:00:00Z". */
    default?: string | Now | Worked;
    example?: string;
    min?: string;
    max?: string;
  }

  interface DurationOptions extends Options {
    /** Such as "PT1H30M". */
    default?: string | Worked;
    example?: string;
    min?: string;
    max?: string;
  }

  interface UuidOptions extends Options {
    default?: string | NewUuid | Worked;
    example?: string;
  }

  interface AddressOptions extends Options, Lengths {
    default?: string | Worked;
    example?: string;
  }

  interface JsonOptions extends PlainOptions {
    default?: Json | Worked;
    example?: Json;
  }

  interface ChoiceOptions<N extends string> extends Options {
    default?: N | Worked;
    example?: N;
  }

  interface ListOptions extends PlainOptions, Lengths, Items {
    default?: readonly (string | number | boolean)[] | Worked;
    example?: readonly (string | number | boolean)[];
    /** Of each item. */
    min?: string | number;
    max?: string | number;
    /** A regular expression that each item must match. */
    pattern?: string;
  }

  interface EmbedOptions extends PlainOptions, Items {
    /** A list of them. */
    many?: boolean;
    /** By the names of its parts: { city: "Berlin" }. */
    default?: Json | Worked;
    example?: Json;
  }

  interface FileOptions extends PlainOptions {
    /** In bytes. */
    maxSize?: number;
    /** Such as "application/pdf" or "image/*". */
    mediaTypes?: readonly string[];
  }

  interface SequenceOptions extends Pick<Options, "column" | "required" | "unique" | "sensitive" | "describe" | "deprecated"> {
    /** No number is left out, at the price that creations wait for each other. */
    gapless?: boolean;
    example?: string;
  }

  interface VectorOptions extends PlainOptions {
    example?: readonly number[];
  }

  interface EncryptedOptions extends PlainOptions, Lengths {
    example?: string;
  }

  function text(options?: TextOptions): Attribute & Key & Of<string>;
  /** A whole number of 32 bits. */
  function integer(options?: IntegerOptions): Attribute & Key & Of<number>;
  /** A whole number of 64 bits, as text in the APIs. */
  function bigint(options?: BigintOptions): Attribute & Key & Of<string>;
  /** An exact number, as text in the APIs. */
  function decimal(options?: DecimalOptions): Attribute & Of<string>;
  /** An exact amount and its currency. */
  function money(options?: MoneyOptions): Attribute & Of<{ readonly amount: string; readonly currency: string }>;
  function boolean(options?: BooleanOptions): Attribute & Of<boolean>;
  /** A day. */
  function date(options?: DateOptions): Attribute & Of<string>;
  /** A time of day, without a zone. */
  function time(options?: TimeOptions): Attribute & Of<string>;
  /** A moment. */
  function timestamp(options?: TimestampOptions): Attribute & Of<string>;
  /** A length of time in hours, minutes and seconds. */
  function duration(options?: DurationOptions): Attribute & Of<string>;
  /** An e-mail address. */
  function email(options?: AddressOptions): Attribute & Of<string>;
  /** An address of the web. */
  function url(options?: AddressOptions): Attribute & Of<string>;
  /** A telephone number with its country: "+4930123456". */
  function phone(options?: AddressOptions): Attribute & Of<string>;
  function json(options?: JsonOptions): Attribute;
  /** As an attribute a UUID; as a default a new one for each record. */
  function uuid(options?: UuidOptions): Attribute & Key & Of<string> & NewUuid;
  /** One of some options. To rename one, write what is stored beside it: { placed: "open", shipped: "shipped" }. */
  function choice<const O extends readonly string[]>(options: O, more?: ChoiceOptions<O[number]>): Attribute & Of<string>;
  function choice<const O extends Readonly<Record<string, string>>>(
    options: O,
    more?: ChoiceOptions<keyof O & string>,
  ): Attribute & Of<string>;
  /** Values of one type: list(text()), list(choice(["red", "green"])); limits stand behind it: list(text(), { maxLength: 20 }). */
  function list<V>(of: Attribute & Of<V>, options?: ListOptions): Attribute & Of<readonly V[]>;
  /** A value object, kept with the record: embed("Address"), or a list of them: embed("Address", { many: true }). */
  function embed(valueObject: string, options?: EmbedOptions): Attribute;
  /** Bytes, such as a photograph. */
  function file(options?: FileOptions): Attribute;
  /** A number that the database gives: "{0000}" is the number with at least four digits, "{year}" starts afresh each year. */
  function sequence(pattern: string, options?: SequenceOptions): Attribute;
  /** Numbers that say where a thing lies among others, such as those of a language model. */
  function vector(dimensions: number, options?: VectorOptions): Attribute;
  /** A text that the database never sees in the clear. */
  function encrypted(options?: EncryptedOptions): Attribute;

  interface Worked {
    readonly worked: true;
  }

  /** A default that is worked out when a record is made: expression("addDays(today(), 14)"). */
  function expression(text: string): Worked;
`;
