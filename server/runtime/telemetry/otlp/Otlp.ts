/** The parts of OTLP's JSON (opentelemetry.io/docs/specs/otlp) that are written here. Numbers of 64 bits are texts. */
export type OtlpValue =
  | { readonly stringValue: string }
  | { readonly intValue: string }
  | { readonly doubleValue: number }
  | { readonly boolValue: boolean };

export interface OtlpAttribute {
  readonly key: string;
  readonly value: OtlpValue;
}

export type PlainAttributes = Readonly<Record<string, string | number | boolean>>;

export function otlpAttributes(attributes: PlainAttributes): readonly OtlpAttribute[] {
  return Object.entries(attributes).map(([key, value]) => ({ key, value: otlpValue(value) }));
}

function otlpValue(value: string | number | boolean): OtlpValue {
  if (typeof value === "string") return { stringValue: value };
  if (typeof value === "boolean") return { boolValue: value };
  return Number.isSafeInteger(value) ? { intValue: String(value) } : { doubleValue: value };
}

/** ms since 1970 in nanoseconds. */
export function nanoseconds(milliseconds: number): string {
  return `${Math.round(milliseconds)}000000`;
}

interface Described {
  readonly environment: string;
  readonly release: number;
  readonly label?: string;
}

/** What records and figures are of. */
export function otlpResource({ environment, release, label }: Described, source: string) {
  return {
    attributes: otlpAttributes({
      "service.name": label ?? environment,
      "service.version": String(release),
      "service.instance.id": source,
      "gantry.environment.id": environment,
      "gantry.release": release,
    }),
  };
}

export const otlpScope = { name: "gantry.runtime" } as const;
