import type { States, Transition } from "../types.ts";
import { plain, readString, refuseKind, stringValue } from "./literals.ts";
import type { At } from "./OptionReader.ts";
import { OptionReader, readSection } from "./OptionReader.ts";
import { present } from "./present.ts";
import { optionsArgument, readCall } from "./readCall.ts";
import type { Expression } from "./syntax.ts";

/** Reads `{ attribute: "stage", transitions: { win: "qualified -> won" } }`. */
export function readStates(node: Expression, at: At): States | undefined {
  const { reading, path } = at;
  const object = plain(node);
  if (object.type !== "ObjectExpression") {
    refuseKind(object, reading, path, 'Write `{ attribute: "stage", transitions: { ... } }` here.');
    return undefined;
  }
  const options = new OptionReader(object, at, { allowed: ["attribute", "transitions"], of: "`states`" });
  const attribute = options.text("attribute");
  if (attribute === undefined) {
    if (!options.node("attribute")) {
      const message = 'Name the choice whose options are the states: `attribute: "stage"`.';
      reading.refuse("missing_option", object, path, message);
    }
    return undefined;
  }
  const transitions = options.node("transitions");
  return {
    attribute,
    transitions: transitions ? readSection(transitions, options.at("transitions"), readTransition) : [],
  };
}

/** Reads `"won, lost -> lead"` or `transition("qualified -> won", { when: "amount > 0" })`. */
function readTransition(action: string, node: Expression, at: At): Transition | null {
  const { reading, path } = at;
  if (stringValue(node) !== null) return readArrow(node, at, { action });
  const expected = '"from -> to" or `transition("from -> to", { when: "..." })`';
  const call = readCall(node, reading, { path, allowed: ["transition"], expected });
  if (!call) return null;
  const [first] = call.args;
  if (!first) return reading.refuse("missing_option", call.node, path, `Write ${expected} here.`);
  const options = new OptionReader(optionsArgument(call, 1, reading, path), at, {
    allowed: ["when"],
    of: "`transition`",
  });
  return readArrow(first, at, { action, ...present({ when: options.text("when") }) });
}

function readArrow(
  node: Expression,
  { reading, path }: At,
  rest: Pick<Transition, "action" | "when">,
): Transition | null {
  reading.place([...path, "from"], node);
  reading.place([...path, "to"], node);
  const text = readString(node, reading, path);
  if (text === null) return null;
  const arrow = arrowOf(text);
  if (arrow) return { ...arrow, ...rest };
  const message = 'Write the states with an arrow between them: "lead -> won", "won, lost -> lead" or "* -> lost".';
  return reading.refuse("transition", node, path, message);
}

/** `won, lost -> lead`; null when it is written otherwise. */
function arrowOf(text: string): Pick<Transition, "from" | "to"> | null {
  const [left, right, ...more] = text.split("->").map((side) => side.trim());
  if (left === undefined || right === undefined || more.length > 0) return null;
  const from = left === "*" ? [] : left.split(",").map((name) => name.trim());
  return [...from, right].every((name) => /^[A-Za-z][A-Za-z0-9_]*$/.test(name)) ? { from, to: right } : null;
}
