import type { FieldPolicy, Policy } from "../types.ts";
import { plain, readList, readString, readStrings } from "./literals.ts";
import type { At } from "./OptionReader.ts";
import { OptionReader } from "./OptionReader.ts";
import { present } from "./present.ts";
import type { Call } from "./readCall.ts";
import { optionsArgument, readCall } from "./readCall.ts";
import { readExpressionArgument } from "./readExpression.ts";
import type { Expression } from "./syntax.ts";

export interface PoliciesDeclaration {
  readonly policies: readonly Policy[];
  readonly fieldPolicies: readonly FieldPolicy[];
}

const policyBuilders = ["allow", "forbid", "field"] as const;

/** Reads `[allow("read", "..."), forbid("destroy", "..."), field("amount", { read: "..." })]`. */
export function readPolicies(
  node: Expression | undefined,
  { reading, path: [resource = ""] }: At,
): PoliciesDeclaration {
  const policies: Policy[] = [];
  const fieldPolicies: FieldPolicy[] = [];
  if (!node) return { policies, fieldPolicies };
  reading.place([resource, "policies"], node);
  reading.place([resource, "fieldPolicies"], node);
  for (const item of readList(node, reading, [resource, "policies"]) ?? []) {
    const isField = calleeOf(item) === "field";
    const path = isField
      ? [resource, "fieldPolicies", String(fieldPolicies.length)]
      : [resource, "policies", String(policies.length)];
    const expected = '`allow("read", "...")`, `forbid("destroy", "...")` or `field("amount", { read: "..." })`';
    const call = readCall(item, reading, { path, allowed: policyBuilders, expected });
    if (!call) continue;
    const at = { reading, path };
    const fieldPolicy = isField ? readFieldPolicy(call, at) : null;
    const policy = isField ? null : readPolicy(call, at);
    if (fieldPolicy) fieldPolicies.push(fieldPolicy);
    if (policy) policies.push(policy);
    if (fieldPolicy || policy) reading.place(path, item);
  }
  return { policies, fieldPolicies };
}

function calleeOf(node: Expression): string | null {
  const call = plain(node);
  return call.type === "CallExpression" && call.callee.type === "Identifier" ? call.callee.name : null;
}

function readPolicy(call: Call, at: At): Policy | null {
  const effect = call.name === "forbid" ? "forbid" : "allow";
  const example = `${effect}("update", "owner == actor.id")`;
  const actions = readNames(call, { ...at, option: "actions", example });
  const expression = readExpressionArgument(call, 1, { ...at, example });
  const object = optionsArgument(call, 2, at.reading, at.path);
  const options = new OptionReader(object, at, { allowed: ["describe"], of: `\`${effect}\`` });
  if (actions === null || expression === null) return null;
  return { effect, actions, expression, ...present({ describe: options.text("describe") }) };
}

function readFieldPolicy(call: Call, at: At): FieldPolicy | null {
  const { reading, path } = at;
  const example = `field("amount", { read: "'sales' in actor.roles" })`;
  const fields = readNames(call, { ...at, option: "fields", example });
  const object = optionsArgument(call, 1, reading, path);
  const options = new OptionReader(object, at, { allowed: ["read", "write", "describe"], of: "`field`" });
  const [read, write] = [options.text("read"), options.text("write")];
  if (fields === null) return null;
  if (!options.node("read") && !options.node("write")) {
    return reading.refuse("missing_option", call.node, path, `Say who may \`read\` or \`write\` it: \`${example}\`.`);
  }
  return { fields, ...present({ read, write, describe: options.text("describe") }) };
}

/** One name in quotes or a list of them. */
function readNames(
  call: Call,
  { reading, path, option, example }: At & { readonly option: string; readonly example: string },
): readonly string[] | null {
  const [node] = call.args;
  const at = [...path, option];
  if (!node) return reading.refuse("missing_option", call.node, path, `Write it so: \`${example}\`.`);
  reading.place(at, node);
  const isList = plain(node).type === "ArrayExpression";
  const one = isList ? null : readString(node, reading, at);
  const names = isList ? readStrings(node, reading, at) : one === null ? null : [one];
  if (names?.length === 0) {
    return reading.refuse("empty_group", node, at, "Name at least one here or remove the line.");
  }
  return names;
}
