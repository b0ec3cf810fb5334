import type { Expression as Checked } from "../../expression/Expression.ts";
import type { ValueType } from "../../expression/ValueType.ts";
import type { Expression } from "../../sql/Sql.ts";
import type { Sight } from "./Sight.ts";

/** Makes SQL of a part of an expression; `wanted` is the type that a null without one takes. */
export type SqlOf = (sight: Sight, expression: Checked, wanted?: ValueType) => Expression;
