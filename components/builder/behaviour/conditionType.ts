import type { ValueType } from "#lib/expression/ValueType.ts";

/** What conditions come out as; one object, so that fields see that it is the same. */
export const conditionType: ValueType = { kind: "boolean" };
