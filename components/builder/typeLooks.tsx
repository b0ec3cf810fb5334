import {
  AtSign,
  Binary,
  Braces,
  Calendar,
  Clock,
  Clock3,
  Coins,
  Component,
  DecimalsArrowRight,
  Fingerprint,
  Hash,
  Link,
  List,
  ListOrdered,
  Lock,
  type LucideIcon,
  Paperclip,
  Phone,
  Radar,
  Rows3,
  Timer,
  ToggleLeft,
  Type,
} from "lucide-react";
import type { AttributeKind, AttributeType } from "#lib/model/types.ts";

interface TypeLook {
  readonly icon: LucideIcon;
  /** In the words of someone who knows the business and no code. */
  readonly label: string;
}

export const typeLooks: Readonly<Record<AttributeKind, TypeLook>> = {
  text: { icon: Type, label: "Text" },
  integer: { icon: Hash, label: "Whole number" },
  bigint: { icon: Binary, label: "Large whole number" },
  decimal: { icon: DecimalsArrowRight, label: "Decimal number" },
  boolean: { icon: ToggleLeft, label: "Yes or no" },
  date: { icon: Calendar, label: "Date" },
  timestamp: { icon: Clock, label: "Date and time" },
  uuid: { icon: Fingerprint, label: "UUID" },
  json: { icon: Braces, label: "JSON" },
  choice: { icon: List, label: "Choice" },
  time: { icon: Clock3, label: "Time of day" },
  duration: { icon: Timer, label: "Length of time" },
  email: { icon: AtSign, label: "E-mail address" },
  url: { icon: Link, label: "Web address" },
  phone: { icon: Phone, label: "Telephone number" },
  money: { icon: Coins, label: "Money" },
  list: { icon: Rows3, label: "List" },
  embed: { icon: Component, label: "Value object" },
  file: { icon: Paperclip, label: "File" },
  sequence: { icon: ListOrdered, label: "Running number" },
  vector: { icon: Radar, label: "Vector" },
  encrypted: { icon: Lock, label: "Encrypted text" },
};

const kinds: readonly AttributeKind[] = [
  "text",
  "integer",
  "bigint",
  "decimal",
  "boolean",
  "date",
  "timestamp",
  "uuid",
  "json",
  "choice",
  "money",
  "email",
  "phone",
  "url",
  "time",
  "duration",
  "sequence",
  "file",
  "list",
  "embed",
  "encrypted",
  "vector",
];

export const typeOptions: readonly { readonly value: AttributeKind; readonly label: string }[] = kinds.map((kind) => ({
  value: kind,
  label: typeLooks[kind].label,
}));

/** What a part of a value object can be. */
export const partTypeOptions = typeOptions.filter(
  ({ value }) => value !== "file" && value !== "sequence" && value !== "encrypted",
);

/** As the language writes it, briefly: `decimal(14,2)`, `choice(3)`. */
export function typeWord(type: AttributeType): string {
  switch (type.kind) {
    case "decimal":
      return type.precision === undefined ? "decimal" : `decimal(${type.precision},${type.scale ?? 0})`;
    case "choice":
      return `choice(${type.options.length})`;
    case "money":
      return type.currency ?? "money";
    case "list":
      return `${typeWord(type.of)}[]`;
    case "embed":
      return `${type.valueObject}${type.many ? "[]" : ""}`;
    case "vector":
      return `vector(${type.dimensions})`;
    default:
      return type.kind;
  }
}
