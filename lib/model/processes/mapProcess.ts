import type { NamedExpression, Process, Start, Step, TypedExpression } from "../processTypes.ts";
import { present } from "../read/present.ts";
import type { Argument } from "../types.ts";
import type { ProcessSlot, SlotExpects, SlotPlace } from "./ProcessSlot.ts";

/** Gives the text that shall stand in a slot; the same text leaves it as it is. */
export type MapSlot = (text: string, slot: ProcessSlot) => string;

/** The process with each of its expressions replaced; the same object when nothing changed. */
export function mapProcess(process: Process, map: MapSlot): Process {
  const walk = new ProcessWalk(process, map);
  const next = walk.process();
  return walk.changed ? next : process;
}

const condition: SlotExpects = { is: "condition" };
const text: SlotExpects = { is: "kinds", kinds: ["text"] };

/** Where a step's expressions stand. */
interface StepPlace {
  readonly step: string;
  readonly path: readonly string[];
}

class ProcessWalk {
  readonly #process: Process;
  readonly #map: MapSlot;
  changed = false;

  constructor(process: Process, map: MapSlot) {
    this.#process = process;
    this.#map = map;
  }

  process(): Process {
    const process = this.#process;
    return {
      ...process,
      ...present({
        input: process.input?.map((argument) => this.#argument(argument)),
        starts: process.starts?.map((start, index) => this.#start(start, index)),
      }),
      steps: this.#steps(process.steps),
      ...present({
        output: process.output?.map((value) => ({
          ...value,
          expression: this.#own(value.expression, ["output", value.name, "expression"], {
            place: { at: "output" },
            expects: { is: "type", type: value.type },
          }),
        })),
      }),
    };
  }

  #argument(argument: Argument): Argument {
    if (argument.default?.kind !== "expression") return argument;
    const expression = this.#own(argument.default.expression, ["input", argument.name, "default"], {
      place: { at: "input" },
      expects: { is: "type", type: argument.type },
    });
    return { ...argument, default: { kind: "expression", expression } };
  }

  #start(start: Start, index: number): Start {
    const place: SlotPlace = { at: "start", index };
    const at = ["starts", String(index)];
    const input = (values: readonly NamedExpression[] | undefined) =>
      values?.map(({ name, expression }) => ({
        name,
        expression: this.#own(expression, [...at, "input", name, "expression"], {
          place,
          expects: { is: "processInput", process: this.#process.name, name },
        }),
      }));
    const holds = (said: string | undefined, option: string) =>
      said === undefined ? undefined : this.#own(said, [...at, option], { place, expects: condition });
    switch (start.kind) {
      case "change":
        return { ...start, ...present({ when: holds(start.when, "when"), input: input(start.input) }) };
      case "schedule":
        return { ...start, ...present({ input: input(start.input) }) };
      case "call":
        return { ...start, ...present({ allow: holds(start.allow, "allow") }) };
      case "hook":
        return start;
    }
  }

  #steps(steps: readonly Step[]): readonly Step[] {
    return steps.map((step) => this.#step(step));
  }

  #step(step: Step): Step {
    const at: StepPlace = { step: step.name, path: ["processes", this.#process.name, "steps", step.name] };
    const when =
      step.when === undefined ? undefined : this.#text(step.when, at, { option: ["when"], expects: condition });
    const whole = this.#kind(step, at);
    return {
      ...whole,
      ...present({
        when,
        onError: step.onError && this.#steps(step.onError),
        compensate: step.compensate && this.#steps(step.compensate),
      }),
    };
  }

  #kind(step: Step, at: StepPlace): Step {
    const one = (said: string, option: string, expects: SlotExpects) =>
      this.#text(said, at, { option: [option], expects });
    const optional = (said: string | undefined, option: string, expects: SlotExpects) =>
      said === undefined ? undefined : one(said, option, expects);
    const named = (
      values: readonly NamedExpression[] | undefined,
      option: string,
      expects: (name: string) => SlotExpects,
    ) =>
      values?.map(({ name, expression }) => ({
        name,
        expression: this.#text(expression, at, { option: [option, name, "expression"], expects: expects(name) }),
      }));
    const typed = (values: readonly TypedExpression[] | undefined, option: string) =>
      values?.map((value) => ({
        ...value,
        expression: this.#text(value.expression, at, {
          option: [option, value.name, "expression"],
          expects: { is: "type", type: value.type },
        }),
      }));
    switch (step.kind) {
      case "action": {
        const { resource, action } = step;
        const key = optional(step.key, "key", { is: "key", resource });
        const input = named(step.input, "input", (name) => ({ is: "given", resource, action, name }));
        return { ...step, ...present({ key, input }) };
      }
      case "find":
        return { ...step, key: one(step.key, "key", { is: "key", resource: step.resource }) };
      case "select": {
        const { resource, action = "read" } = step;
        const given = named(step.arguments, "arguments", (name) => ({ is: "given", resource, action, name }));
        const where = named(step.where, "where", (field) => ({ is: "field", resource, field }));
        return { ...step, ...present({ arguments: given, where }) };
      }
      case "transform":
        return { ...step, values: typed(step.values, "values") ?? [] };
      case "branch":
        return {
          ...step,
          branches: step.branches.map((branch, index) => ({
            when: this.#text(branch.when, at, { option: ["branches", String(index), "when"], expects: condition }),
            steps: this.#steps(branch.steps),
          })),
          ...present({ otherwise: step.otherwise && this.#steps(step.otherwise) }),
        };
      case "forEach":
        return {
          ...step,
          items: one(step.items, "items", { is: "kinds", kinds: ["list"] }),
          steps: this.#steps(step.steps),
        };
      case "repeat":
        return {
          ...step,
          while: this.#text(step.while, at, { option: ["while"], part: "while", expects: condition }),
          steps: this.#steps(step.steps),
        };
      case "parallel":
        return { ...step, branches: step.branches.map(({ name, steps }) => ({ name, steps: this.#steps(steps) })) };
      case "wait": {
        const duration = optional(step.for, "for", { is: "type", type: { kind: "duration" } });
        const moment = optional(step.until, "until", { is: "type", type: { kind: "timestamp" } });
        return { ...step, ...present({ for: duration, until: moment }) };
      }
      case "waitFor":
        return {
          ...step,
          match: this.#text(step.match, at, { option: ["match"], part: "match", expects: condition }),
        };
      case "request": {
        const url = one(step.url, "url", text);
        const headers = named(step.headers, "headers", () => text);
        return { ...step, url, ...present({ headers, body: typed(step.body, "body") }) };
      }
      case "mail":
        return {
          ...step,
          to: one(step.to, "to", { is: "kinds", kinds: ["text", "list"] }),
          subject: one(step.subject, "subject", text),
          text: one(step.text, "text", text),
        };
      case "function": {
        const input = named(step.input, "input", (name) => ({ is: "parameter", function: step.function, name }));
        return { ...step, ...present({ input }) };
      }
      case "process": {
        const input = named(step.input, "input", (name) => ({ is: "processInput", process: step.process, name }));
        return { ...step, ...present({ input }) };
      }
      case "ask":
        return { ...step, prompt: one(step.prompt, "prompt", text) };
      case "emit":
        return { ...step, ...present({ data: typed(step.data, "data") }) };
      case "fail":
        return { ...step, message: one(step.message, "message", text) };
    }
  }

  /** An expression of a step. */
  #text(
    said: string,
    { step, path }: StepPlace,
    slot: { readonly option: readonly string[]; readonly part?: "while" | "match"; readonly expects: SlotExpects },
  ): string {
    const { option, part, expects } = slot;
    const place: SlotPlace = { at: "step", step, ...(part ? { part } : {}) };
    return this.#mapped(said, { path: [...path, ...option], step, slot: slotName(option), place, expects });
  }

  /** An expression of the process itself. */
  #own(
    said: string,
    option: readonly string[],
    slot: { readonly place: SlotPlace; readonly expects: SlotExpects },
  ): string {
    const path = ["processes", this.#process.name, ...option];
    return this.#mapped(said, { path, step: null, slot: slotName(option), ...slot });
  }

  #mapped(said: string, slot: ProcessSlot): string {
    const next = this.#map(said, slot);
    if (next !== said) this.changed = true;
    return next;
  }
}

function slotName(option: readonly string[]): string {
  return (option.at(-1) === "expression" ? option.slice(0, -1) : option).join(".");
}
