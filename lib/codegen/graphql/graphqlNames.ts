import { isStandardAction } from "../../model/actions/actionsOf.ts";
import type { AttributeKind, Resource } from "../../model/types.ts";

type Named = Pick<Resource, "name" | "plural">;

/** `CreateDealPayload`, `WinDealPayload` */
export const payloadType = (action: string, { name }: Named) => `${capital(action)}${name}Payload`;

/** `DealCreateInput`, `WinDealInput` */
export const inputName = (action: string, { name }: Named) =>
  isStandardAction(action) ? `${name}${capital(action)}Input` : `${capital(action)}${name}Input`;

/** `WinDealReason`: the enum of an argument. */
export const argumentOwner = (action: string, { name }: Named) => ({ name: `${capital(action)}${name}` });

/** What every record is, and can be asked for as. */
export const nodeInterface = "Node";

/** What tells a record from every other of the app, whatever its type. */
export const globalIdField = "globalId";

/** In front of a record's key in its global id. */
export const globalIdPrefix = ({ name }: Pick<Resource, "name">) => `${name}:`;

/** What all changes of many answer. */
export const manyPayload = "ChangedManyPayload";

/** The value of `DealIdentity` that stands for a group of fields. */
export const identityName = (group: readonly string[]) => group.join("_");

const capital = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);

/** Kinds whose values have types that depend on more than the kind (`valueTypes.ts`). */
type ComposedKind = "money" | "list" | "embed" | "file" | "vector";

/** The scalar that the values of a kind travel as; a choice has an enum of its own. */
export const scalars: Readonly<Record<Exclude<AttributeKind, ComposedKind>, string>> = {
  text: "String",
  choice: "String",
  integer: "Int",
  bigint: "BigInt",
  decimal: "Decimal",
  boolean: "Boolean",
  date: "Date",
  timestamp: "DateTime",
  uuid: "UUID",
  json: "JSON",
  time: "Time",
  duration: "Duration",
  email: "String",
  url: "String",
  phone: "String",
  sequence: "String",
  encrypted: "String",
};
