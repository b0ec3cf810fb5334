import type { AttributeType, JsonValue, ScalarType } from "../types.ts";
import { canonicalEmail } from "../values/canonicalEmail.ts";
import { canonicalMoney } from "../values/canonicalMoney.ts";
import { canonicalPhone } from "../values/canonicalPhone.ts";
import { canonicalText } from "../values/canonicalText.ts";
import { canonicalUrl } from "../values/canonicalUrl.ts";
import { canonicalUuid } from "../values/canonicalUuid.ts";
import { expectedValue } from "./expectedValue.ts";
import { numberText, plain, readJson, readList, refuseKind, stringValue } from "./literals.ts";
import type { At } from "./OptionReader.ts";
import type { Expression } from "./syntax.ts";

/** The canonical value of a literal of a type; `undefined` when the type cannot hold it, which is refused. */
export function readLiteral(type: AttributeType, expression: Expression, at: At): JsonValue | undefined {
  const { reading, path } = at;
  const node = plain(expression);
  switch (type.kind) {
    case "json":
    case "vector":
      return readJson(node, reading, path);
    case "embed":
      return readParts(type.many === true, node, at);
    case "list":
      return readItems(type.of, node, at);
    default: {
      const value = type.kind === "money" ? moneyOf(type.currency, node) : scalarOf(type, node);
      if (value === undefined) refuseKind(node, reading, path, `Write ${expectedValue(type.kind)} here.`);
      return value;
    }
  }
}

/** What the parts of a value object are is known only once all files are read. */
function readParts(many: boolean, node: Expression, { reading, path }: At): JsonValue | undefined {
  const right = many ? "ArrayExpression" : "ObjectExpression";
  if (node.type === right) return readJson(node, reading, path);
  refuseKind(node, reading, path, many ? "Write a list of parts in `{ }` here." : "Write the parts in `{ }` here.");
  return undefined;
}

function readItems(of: ScalarType, node: Expression, { reading, path }: At): JsonValue | undefined {
  const items = readList(node, reading, path);
  if (items === null) return undefined;
  const values = items.map((item, index) => {
    reading.place([...path, String(index)], item);
    return readLiteral(of, item, { reading, path: [...path, String(index)] });
  });
  return values.every((value) => value !== undefined) ? values : undefined;
}

function moneyOf(currency: string | undefined, node: Expression): JsonValue | undefined {
  return canonicalMoney(stringValue(node) ?? "", currency) ?? undefined;
}

function scalarOf(type: AttributeType, node: Expression): JsonValue | undefined {
  const text = stringValue(node);
  switch (type.kind) {
    case "text":
    case "choice":
    case "encrypted":
    case "sequence":
      return text?.isWellFormed() ? text : undefined;
    case "boolean":
      return node.type === "BooleanLiteral" ? node.value : undefined;
    case "uuid":
      return canonicalUuid(text ?? "") ?? undefined;
    case "email":
      return canonicalEmail(text ?? "") ?? undefined;
    case "url":
      return canonicalUrl(text ?? "") ?? undefined;
    case "phone":
      return canonicalPhone(text ?? "") ?? undefined;
    case "integer": {
      const canonical = canonicalText(numberText(node) ?? "", "integer");
      return canonical === null ? undefined : Number(canonical);
    }
    case "bigint":
    case "decimal":
      return canonicalText(text ?? numberText(node) ?? "", type.kind) ?? undefined;
    case "date":
    case "timestamp":
    case "time":
    case "duration":
      return canonicalText(text ?? "", type.kind) ?? undefined;
    default:
      return undefined;
  }
}
