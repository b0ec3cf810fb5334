import type { HookSignature, Start } from "../processTypes.ts";
import { plain, readString, refuseKind } from "./literals.ts";
import type { At } from "./OptionReader.ts";
import { OptionReader } from "./OptionReader.ts";
import { present } from "./present.ts";
import type { Call } from "./readCall.ts";
import { optionsArgument, readCall } from "./readCall.ts";
import { readNamedExpressions, readTakenInputs } from "./readNamedExpressions.ts";
import { someOf } from "./someOf.ts";
import type { Expression } from "./syntax.ts";

const startBuilders = ["onChange", "onSchedule", "onHook", "onCall"] as const;

/** What each start can say, in the order in which it is written. */
const startOptions = {
  onChange: ["actions", "fields", "when", "input"],
  onSchedule: ["zone", "missed", "input"],
  onHook: ["signature", "input"],
  onCall: ["allow"],
} as const satisfies Record<(typeof startBuilders)[number], readonly string[]>;

export const signatureSchemes = ["stripe", "github", "standard", "hmac", "none"] as const;

/** Reads `onChange("Deal", { ... })`, `onSchedule("0 9 * * 1")`, `onHook("paid", { ... })` or `onCall({ ... })`. */
export function readStart(node: Expression, at: At): Start | null {
  const { reading, path } = at;
  const expected = '`onChange("Deal")`, `onSchedule("0 9 * * 1")`, `onHook("paid", { ... })` or `onCall()`';
  const call = readCall(node, reading, { path, allowed: startBuilders, expected });
  if (!call) return null;
  switch (call.name as (typeof startBuilders)[number]) {
    case "onChange":
      return readChange(call, at);
    case "onSchedule":
      return readSchedule(call, at);
    case "onHook":
      return readHook(call, at);
    case "onCall": {
      const options = optionsOf(call, at, 0);
      return { kind: "call", ...present({ allow: options.text("allow") }) };
    }
  }
}

function readChange(call: Call, at: At): Start | null {
  const resource = readHead(call, at, { part: "resource", example: 'onChange("Deal")' });
  const options = optionsOf(call, at, 1);
  if (resource === null) return null;
  return {
    kind: "change",
    resource,
    ...present({
      actions: someOf(options.texts("actions")),
      fields: someOf(options.texts("fields")),
      when: options.text("when"),
      input: readNamedExpressions(options, "input"),
    }),
  };
}

function readSchedule(call: Call, at: At): Start | null {
  const cron = readHead(call, at, { part: "cron", example: 'onSchedule("0 9 * * 1")' });
  const options = optionsOf(call, at, 1);
  if (cron === null) return null;
  return {
    kind: "schedule",
    cron,
    ...present({
      zone: options.text("zone"),
      missed: readOneOf(options, "missed", ["once", "each"] as const),
      input: readNamedExpressions(options, "input"),
    }),
  };
}

function readHook(call: Call, at: At): Start | null {
  const example = 'onHook("paid", { signature: { scheme: "stripe", secret: "STRIPE_SECRET" } })';
  const name = readHead(call, at, { part: "name", example });
  const options = optionsOf(call, at, 1);
  const signature = readSignature(options, call, example);
  if (name === null) return null;
  return { kind: "hook", name, signature, ...present({ input: readTakenInputs(options, "input") }) };
}

function readSignature(options: OptionReader, call: Call, example: string): HookSignature {
  const node = options.node("signature");
  const at = options.at("signature");
  const none: HookSignature = { scheme: "none" };
  if (!node) {
    at.reading.refuse("missing_option", call.node, at.path, `Say how its sender is known: \`${example}\`.`);
    return none;
  }
  const object = plain(node);
  if (object.type !== "ObjectExpression") {
    refuseKind(object, at.reading, at.path, 'Write `{ scheme: "stripe", secret: "STRIPE_SECRET" }` here.');
    return none;
  }
  const parts = new OptionReader(object, at, { allowed: ["scheme", "secret", "header"], of: "A signature" });
  const scheme = readOneOf(parts, "scheme", signatureSchemes);
  if (scheme === undefined && !parts.node("scheme")) {
    const message = `Name the scheme: ${signatureSchemes.map((name) => `"${name}"`).join(", ")}.`;
    at.reading.refuse("missing_option", object, [...at.path, "scheme"], message);
  }
  const [secret, header] = [parts.text("secret"), parts.text("header")];
  return { scheme: scheme ?? "none", ...present({ secret, header }) };
}

/** The first argument, a text that nothing goes without. */
export function readHead(
  call: Call,
  { reading, path }: At,
  { part, example }: { readonly part: string; readonly example: string },
): string | null {
  const [first] = call.args;
  if (!first) return reading.refuse("missing_option", call.node, [...path, part], `Write it as in \`${example}\`.`);
  reading.place([...path, part], first);
  return readString(first, reading, [...path, part]);
}

/** An option that is one of some texts. */
export function readOneOf<T extends string>(
  options: OptionReader,
  option: string,
  choices: readonly T[],
): T | undefined {
  const said = options.text(option);
  const node = options.node(option);
  const choice = choices.find((candidate) => candidate === said);
  if (said !== undefined && node && choice === undefined) {
    const message = `Write one of these here: ${choices.map((name) => `"${name}"`).join(", ")}.`;
    options.reading.refuse("wrong_type", node, [...options.path, option], message);
  }
  return choice;
}

function optionsOf(call: Call, at: At, index: number): OptionReader {
  const allowed = startOptions[call.name as (typeof startBuilders)[number]];
  const object = optionsArgument(call, index, at.reading, at.path);
  return new OptionReader(object, at, { allowed, of: `\`${call.name}\`` });
}
