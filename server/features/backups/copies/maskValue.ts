import type { Attribute, AttributeType, JsonValue, ValueObject } from "#lib/model/types.ts";
import { printArray, readArray } from "./arrayText.ts";
import type { MaskKey } from "./MaskKey.ts";
import { maskNumber } from "./maskNumber.ts";
import { maskEmail, maskPhone, maskText, maskUrl, maskUuid } from "./maskText.ts";
import { maskDate, maskDuration, maskTime, maskTimestamp } from "./maskTime.ts";

export interface Masking {
  readonly key: MaskKey;
  readonly valueObjects: ReadonlyMap<string, ValueObject>;
  /** What stands for an encrypted text: one that the copy's own key has encrypted. */
  readonly sealed: string;
}

type Masked = Pick<Attribute, "type" | "required" | "min" | "max" | "maxLength">;

/** A value in PostgreSQL's text form with nothing of what it says; of the same type and kind. No value stays none. */
export function maskValue(text: string | null, attribute: Masked, masking: Masking): string | null {
  if (text === null) return null;
  const { type } = attribute;
  switch (type.kind) {
    case "embed":
      return JSON.stringify(maskEmbed(JSON.parse(text) as JsonValue, type, { masking, isAll: true }));
    case "money":
      return type.currency === undefined ? maskMoney(text, attribute, masking) : maskScalar(text, attribute, masking);
    case "json":
      return JSON.stringify(emptied(JSON.parse(text) as JsonValue));
    case "list": {
      const items = { ...attribute, type: type.of };
      return printArray(readArray(text).map((item) => item && maskScalar(item, items, masking)));
    }
    case "file":
      return attribute.required ? JSON.stringify(noFile) : null;
    case "vector":
      return printArray(Array.from({ length: type.dimensions }, () => "0"));
    case "encrypted":
      return masking.sealed;
    default:
      return maskScalar(text, attribute, masking);
  }
}

/** Of value objects only what is sensitive in them, unless all is. */
export function maskParts(text: string | null, type: EmbedType, masking: Masking): string | null {
  if (text === null) return null;
  return JSON.stringify(maskEmbed(JSON.parse(text) as JsonValue, type, { masking, isAll: false }));
}

type EmbedType = Extract<AttributeType, { readonly kind: "embed" }>;

const noFile = {
  key: "none/none",
  name: "masked",
  size: 0,
  mediaType: "application/octet-stream",
  // Of nothing.
  checksum: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
};

function maskScalar(text: string, { type, min, max, maxLength }: Masked, { key }: Masking): string {
  switch (type.kind) {
    case "text":
    case "sequence":
      return maskText(text, key, maxLength === undefined ? {} : { maxLength });
    case "email":
      return maskEmail(text, key);
    case "url":
      return maskUrl(text, key);
    case "phone":
      return maskPhone(text, key);
    case "integer":
      // Numbers of ten digits go on after the largest that there is.
      return maskNumber(text, key, { min: min ?? "-2147483648", max: max ?? "2147483647" });
    case "bigint":
      return maskNumber(text, key, { min: min ?? "-9223372036854775808", max: max ?? "9223372036854775807" });
    case "decimal":
    case "money":
      return maskNumber(text, key, { ...(min !== undefined && { min }), ...(max !== undefined && { max }) });
    case "date":
      return maskDate(text, key);
    case "timestamp":
      return maskTimestamp(text, key);
    case "time":
      return maskTime(text, key);
    case "duration":
      return maskDuration(text, key);
    case "uuid":
      return maskUuid(text, key);
    case "choice":
      // Of so few values each mask would give itself away.
      return type.options[0]?.stored ?? text;
    case "boolean":
      return "f";
    default:
      throw new Error(`A value of the type ${type.kind} is no single one.`);
  }
}

function maskMoney(text: string, { min, max }: Masked, { key }: Masking): string {
  const [, amount] = /"amount":\s*(-?[\d.]+)/.exec(text) ?? [];
  if (amount === undefined) return "{}";
  const limits = { ...(min !== undefined && { min }), ...(max !== undefined && { max }) };
  // As text: a number of JavaScript would lose digits.
  return text.replace(/("amount":\s*)-?[\d.]+/, `$1${maskNumber(amount, key, limits)}`);
}

interface EmbedMasking {
  readonly masking: Masking;
  readonly isAll: boolean;
}

function maskEmbed(value: JsonValue, type: EmbedType, given: EmbedMasking): JsonValue {
  if (Array.isArray(value)) return value.map((item: JsonValue) => maskEmbed(item, type, given));
  const { masking, isAll } = given;
  const object = masking.valueObjects.get(type.valueObject);
  if (value === null || typeof value !== "object" || !object) return emptied(value);
  const parts = new Map(object.attributes.map((attribute) => [attribute.name, attribute]));
  const members = Object.entries(value).map(([name, member]): [string, JsonValue] => {
    const part = parts.get(name);
    if (!part) return [name, emptied(member)];
    if (part.type.kind === "embed") {
      return [name, maskEmbed(member, part.type, { masking, isAll: isAll || part.sensitive === true })];
    }
    return [name, isAll || part.sensitive ? maskMember(member, part, masking) : member];
  });
  return Object.fromEntries(members);
}

function maskMember(member: JsonValue, part: Attribute, masking: Masking): JsonValue {
  if (member === null) return null;
  if (Array.isArray(member) && part.type.kind === "list") {
    const item = { ...part, type: part.type.of };
    return member.map((each: JsonValue) => maskMember(each, item, masking));
  }
  if (part.type.kind === "boolean") return false;
  if (typeof member === "object" || part.type.kind === "json") return emptied(member);
  const masked = maskValue(String(member), part, masking);
  return typeof member === "number" ? Number(masked) : masked;
}

/** Of the same kind, and empty. */
function emptied(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return [];
  switch (typeof value) {
    case "string":
      return "";
    case "number":
      return 0;
    case "boolean":
      return false;
    default:
      return value === null ? null : {};
  }
}
