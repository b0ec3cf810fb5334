import * as fc from "fast-check";
import type { AppFunction, NamedExpression, Process, Start, Step, StepKind, TypedExpression } from "../processTypes.ts";
import { present } from "../read/present.ts";
import { signatureSchemes } from "../read/readStarts.ts";
import { requestMethods } from "../read/readSteps.ts";
import { stepKinds } from "../read/stepForms.ts";
import type { Argument, AttributeType } from "../types.ts";
import type { Draw } from "./draw.ts";
import { chance, oneOf } from "./draw.ts";

const texts = [
  "input.a",
  "steps.s1.b == 'x'",
  "\"quoted\" + 'both'",
  "a\\b",
  "öäü \u2028 ",
  "true",
  "size(steps.s2) > 1",
];

const text = (draw: Draw): string => draw(oneOf<string>, texts);
const maybe = <T>(draw: Draw, make: () => T): T | undefined => (chance(draw, 3) ? make() : undefined);
const some = <T>(draw: Draw, make: (name: string) => T, most = 3): readonly T[] =>
  ["a", "b", "c"].slice(0, draw(fc.integer, { min: 1, max: most })).map(make);

/** Any process that can be written down, whether or not it makes sense; `name` is its own. */
export function drawProcess(draw: Draw, name = "work"): Process {
  const names = new NamesOfSteps();
  return {
    name,
    ...present({
      describe: maybe(draw, () => 'What\'s "it" for'),
      input: maybe(draw, () => some(draw, (input) => drawArgument(draw, input))),
      starts: maybe(draw, () => some(draw, () => drawStart(draw))),
    }),
    steps: drawSteps(draw, names, 0),
    ...present({
      output: maybe(draw, () => some(draw, (one) => drawTyped(draw, one))),
      timeout: maybe(draw, () => "P1D"),
    }),
  };
}

/** The process after somebody has worked on it: steps gone, added, replaced and moved, the rest of it drawn anew. */
export function drawWorkedOn(draw: Draw, process: Process): Process {
  const fresh = drawProcess(draw, process.name);
  const names = new NamesOfSteps(1000);
  const kept = process.steps.flatMap((step): readonly Step[] => {
    if (chance(draw, 5)) return [];
    if (chance(draw, 4)) return [{ ...drawStep(draw, names, 1), name: step.name }];
    if (chance(draw, 3)) return [{ ...step, describe: "Changed" }];
    return chance(draw, 5) ? [step, drawStep(draw, names, 1)] : [step];
  });
  const steps = chance(draw, 3) ? draw(fc.shuffledSubarray<Step>, [...kept]) : kept;
  return chance(draw, 2) ? { ...fresh, steps } : { ...process, steps };
}

/** Any function that can be written down. */
export function drawFunction(draw: Draw, name = "calc"): AppFunction {
  return {
    name,
    ...present({ describe: maybe(draw, () => "Works it out") }),
    parameters: chance(draw, 4) ? [] : some(draw, (one) => drawArgument(draw, one)),
    returns: drawType(draw),
    ...present({ examples: maybe(draw, () => [{ given: { a: "1", b: [null, 2] }, returns: { c: true } }]) }),
    source: draw(oneOf<string>, [
      "({ a }) => a",
      "({ a }) => Decimal.of(a).times(2)",
      "function ({ a }: { a: string }) {\n  // `why`\n  return `it is\\n  `;\n}",
      "() => null",
    ]),
  };
}

class NamesOfSteps {
  #count: number;

  constructor(from = 0) {
    this.#count = from;
  }

  next(): string {
    this.#count += 1;
    return `s${this.#count}`;
  }
}

function drawSteps(draw: Draw, names: NamesOfSteps, depth: number): readonly Step[] {
  const count = draw(fc.integer, { min: 0, max: depth === 0 ? 6 : 2 });
  return Array.from({ length: count }, () => drawStep(draw, names, depth));
}

function drawStep(draw: Draw, names: NamesOfSteps, depth: number): Step {
  const name = names.next();
  const within = () => drawSteps(draw, names, depth + 1);
  const shallow = depth < 3;
  const kinds = shallow
    ? stepKinds
    : stepKinds.filter((kind) => !["branch", "forEach", "repeat", "parallel"].includes(kind));
  return {
    name,
    ...drawOwn(draw, draw(oneOf<StepKind>, kinds), within),
    ...present({
      describe: maybe(draw, () => "Why"),
      when: maybe(draw, () => text(draw)),
      retry: maybe(draw, () => ({ attempts: 3, ...present({ pause: maybe(draw, () => "PT1S") }) })),
      timeout: maybe(draw, () => "PT1M"),
      onError: shallow ? maybe(draw, within) : undefined,
      compensate: shallow ? maybe(draw, within) : undefined,
    }),
  } as Step;
}

function drawOwn(draw: Draw, kind: StepKind, within: () => readonly Step[]): object {
  const one = () => text(draw);
  const named = () => maybe(draw, () => some(draw, (name): NamedExpression => ({ name, expression: text(draw) })));
  const typed = () => maybe(draw, () => some(draw, (name) => drawTyped(draw, name)));
  switch (kind) {
    case "action":
      return { kind, resource: "Deal", action: "win", ...present({ key: maybe(draw, one), input: named() }) };
    case "find":
      return { kind, resource: "Deal", key: one() };
    case "select": {
      const order = maybe(draw, () => some(draw, (name) => ({ name, descending: chance(draw, 2) })));
      const action = maybe(draw, () => "open");
      const limit = maybe(draw, () => 7);
      return { kind, resource: "Deal", ...present({ action, arguments: named(), where: named(), order, limit }) };
    }
    case "transform":
      return { kind, values: some(draw, (name) => drawTyped(draw, name)) };
    case "branch": {
      const branches = some(draw, () => ({ when: one(), steps: within() }));
      return { kind, branches, ...present({ otherwise: maybe(draw, within) }) };
    }
    case "forEach":
      return { kind, items: one(), as: "row", steps: within(), ...present({ atOnce: maybe(draw, () => 2) }) };
    case "repeat":
      return { kind, while: one(), atMost: 5, steps: within() };
    case "parallel":
      return { kind, branches: some(draw, (name) => ({ name, steps: within() })) };
    case "wait":
      return { kind, ...(chance(draw, 2) ? { for: one() } : { until: one() }) };
    case "waitFor":
      return {
        kind,
        resource: "Deal",
        ...present({ actions: maybe(draw, () => ["update"]) }),
        match: one(),
        within: "P1D",
      };
    case "request": {
      const taken = maybe(draw, () =>
        some(draw, (name) => ({ name, type: drawValueType(draw), pointer: `/x/${name}` })),
      );
      const method = draw(oneOf<string>, requestMethods);
      const connection = maybe(draw, () => "shop");
      return { kind, method, url: one(), ...present({ connection, headers: named(), body: typed(), take: taken }) };
    }
    case "mail":
      return { kind, to: one(), subject: one(), text: one() };
    case "function":
      return { kind, function: "calc", ...present({ input: named() }) };
    case "process":
      return { kind, process: "other", ...present({ input: named(), detached: maybe(draw, () => true) }) };
    case "ask":
      return { kind, connection: "llm", prompt: one(), returns: some(draw, (name) => drawArgument(draw, name)) };
    case "emit":
      return { kind, type: "deal.won", ...present({ data: typed() }) };
    case "fail":
      return { kind, message: one() };
  }
}

function drawStart(draw: Draw): Start {
  const input = maybe(draw, () => some(draw, (name): NamedExpression => ({ name, expression: text(draw) })));
  const listed = (...names: readonly string[]) => maybe(draw, () => names);
  switch (draw(oneOf<Start["kind"]>, ["change", "schedule", "hook", "call"])) {
    case "change": {
      const when = maybe(draw, () => text(draw));
      const actions = listed("create", "win");
      return { kind: "change", resource: "Deal", ...present({ actions, fields: listed("a"), when, input }) };
    }
    case "schedule": {
      const missed = maybe(draw, () => draw(oneOf<"once" | "each">, ["once", "each"]));
      const zone = maybe(draw, () => "Europe/Berlin");
      return { kind: "schedule", cron: "0 9 * * 1", ...present({ zone, missed, input }) };
    }
    case "hook": {
      const scheme = draw(oneOf<(typeof signatureSchemes)[number]>, signatureSchemes);
      const pointers = maybe(draw, () => some(draw, (name) => ({ name, pointer: `/${name}~1` })));
      const signature = { scheme, ...present({ secret: maybe(draw, () => "A_B"), header: maybe(draw, () => "X-A") }) };
      return { kind: "hook", name: "paid", signature, ...present({ input: pointers }) };
    }
    case "call":
      return { kind: "call", ...present({ allow: maybe(draw, () => text(draw)) }) };
  }
}

function drawTyped(draw: Draw, name: string): TypedExpression {
  return { name, type: drawValueType(draw), expression: text(draw) };
}

/** A type that a value of an expression can be declared to be of. */
function drawValueType(draw: Draw): AttributeType {
  return draw(oneOf<AttributeType>, [
    { kind: "text" },
    { kind: "integer" },
    { kind: "decimal", precision: 12, scale: 2 },
    { kind: "money", currency: "EUR" },
    { kind: "boolean" },
    { kind: "json" },
    { kind: "choice", options: [{ name: "open", stored: "o" }] },
    { kind: "list", of: { kind: "decimal", scale: 1 } },
  ]);
}

function drawType(draw: Draw): AttributeType {
  const more: readonly AttributeType[] = [
    { kind: "email" },
    { kind: "embed", valueObject: "Address", many: true },
    { kind: "list", of: { kind: "choice", options: [{ name: "a", stored: "a" }] } },
    { kind: "vector", dimensions: 3 },
  ];
  return chance(draw, 3) ? draw(oneOf<AttributeType>, more) : drawValueType(draw);
}

function drawArgument(draw: Draw, name: string): Argument {
  const type = drawType(draw);
  const isText = type.kind === "text";
  return {
    name,
    type,
    required: chance(draw, 2),
    ...present({
      maxLength: isText ? maybe(draw, () => 20) : undefined,
      default: isText ? maybe(draw, () => ({ kind: "expression", expression: "'x'" }) as const) : undefined,
      sensitive: maybe(draw, () => true as const),
      describe: maybe(draw, () => "What it is"),
    }),
  };
}
