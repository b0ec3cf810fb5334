import type { Retry, Step, StepKind } from "../processTypes.ts";
import { plain, readList, refuseKind } from "./literals.ts";
import { OptionReader, readSection } from "./OptionReader.ts";
import { orderOf } from "./orderOf.ts";
import { present } from "./present.ts";
import type { Reading } from "./Reading.ts";
import { readArgument } from "./readActions.ts";
import type { Call } from "./readCall.ts";
import { optionsArgument, readCall } from "./readCall.ts";
import { readNamedExpressions, readTaken, readTypedExpressions } from "./readNamedExpressions.ts";
import { readProperties } from "./readProperties.ts";
import { readHead } from "./readStarts.ts";
import { someOf } from "./someOf.ts";
import { stepBuilders, stepForms, stepKinds, stepOptions } from "./stepForms.ts";
import type { Expression } from "./syntax.ts";

export const requestMethods = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;

/** Steps within steps within steps: deeper ones are refused. */
const maxStepDepth = 16;

/** Where the steps of a process stand. Those at any depth have one space of names, and paths right below the process. */
export interface StepsAt {
  readonly reading: Reading;
  /** Of the process. */
  readonly path: readonly string[];
  /** Names of steps that were read. */
  readonly names: Set<string>;
  readonly depth: number;
}

/** Reads `{ invoice: act(...), sent: mail(...) }`; steps that were refused are left out. */
export function readSteps(node: Expression, at: StepsAt, owner: readonly string[]): readonly Step[] {
  const { reading, names } = at;
  const section = plain(node);
  if (section.type !== "ObjectExpression") {
    refuseKind(section, reading, owner, "Write the steps in `{ }` here, each by its name.");
    return [];
  }
  if (at.depth > maxStepDepth) {
    reading.refuse("too_deep", node, owner, `Steps can be nested ${maxStepDepth} deep. Start another process here.`);
    return [];
  }
  return readProperties(section, reading, owner).flatMap(({ name, key, value }) => {
    const path = [...at.path, "steps", name];
    if (name === "__proto__") {
      reading.refuse("reserved_name", key, owner, "`__proto__` cannot be a name here. Choose another.");
      return [];
    }
    if (names.has(name)) {
      const message = `There is another step \`${name}\` in this process. Rename or remove one.`;
      reading.refuse("duplicate_name", key, path, message);
      return [];
    }
    names.add(name);
    reading.place(path, key);
    const step = readStep(name, value, { ...at, step: path });
    return step ? [step] : [];
  });
}

type StepAt = StepsAt & { readonly step: readonly string[] };

function readStep(name: string, node: Expression, at: StepAt): Step | null {
  const { reading, step: path } = at;
  const expected = "a step, such as `act(...)`, `mail(...)` or `branch(...)`";
  const call = readCall(node, reading, { path, allowed: stepBuilders, expected });
  const kind = stepKinds.find((candidate) => stepForms[candidate].builder === call?.name);
  if (!call || !kind) return null;
  reading.place([...path, "kind"], call.node.callee);
  const { heads, builder } = stepForms[kind];
  const object = optionsArgument(call, heads.length, reading, path);
  const options = new OptionReader(object, { reading, path }, { allowed: stepOptions(kind), of: `\`${builder}\`` });
  const own = readOwn(kind, { call, options, at });
  if (!own) return null;
  return { name, ...own, ...readCommon(options, at) } as Step;
}

interface Parts {
  readonly call: Call;
  readonly options: OptionReader;
  readonly at: StepAt;
}

/** What every step can say. */
function readCommon(options: OptionReader, at: StepAt) {
  return present({
    describe: options.text("describe"),
    when: options.text("when"),
    retry: readRetry(options),
    timeout: options.text("timeout"),
    onError: stepsOption("onError", options, at),
    compensate: stepsOption("compensate", options, at),
  });
}

function readRetry(options: OptionReader): Retry | undefined {
  const node = options.node("retry");
  if (!node) return undefined;
  const at = options.at("retry");
  const object = plain(node);
  if (object.type !== "ObjectExpression") {
    refuseKind(object, at.reading, at.path, 'Write `{ attempts: 3, pause: "PT10S" }` here.');
    return undefined;
  }
  const retry = new OptionReader(object, at, { allowed: ["attempts", "pause"], of: "`retry`" });
  const attempts = retry.count("attempts");
  if (attempts === undefined) {
    if (!retry.node("attempts")) {
      at.reading.refuse("missing_option", object, at.path, "Say how often it is tried in all: `{ attempts: 3 }`.");
    }
    return undefined;
  }
  return { attempts, ...present({ pause: retry.text("pause") }) };
}

/** A list of steps under an option; undefined where it is absent. */
function stepsOption(option: string, options: OptionReader, at: StepAt): readonly Step[] | undefined {
  const node = options.node(option);
  return node ? readSteps(node, deeper(at), [...at.step, option]) : undefined;
}

function deeper({ reading, path, names, depth }: StepAt): StepsAt {
  return { reading, path, names, depth: depth + 1 };
}

/** What a step of the kind says besides; null where what it cannot go without is missing. */
function readOwn(kind: StepKind, parts: Parts): object | null {
  const { options, at } = parts;
  const head = (part: string) => headText(part, kind, parts);
  switch (kind) {
    case "action": {
      const [resource, action] = [head("resource"), head("action")];
      if (resource === null || action === null) return null;
      const input = readNamedExpressions(options, "input");
      return { kind, resource, action, ...present({ key: options.text("key"), input }) };
    }
    case "find": {
      const [resource, key] = [head("resource"), head("key")];
      return resource === null || key === null ? null : { kind, resource, key };
    }
    case "select":
      return readSelect(head("resource"), options);
    case "transform": {
      const values = readValues(parts);
      return values && { kind, values };
    }
    case "branch":
      return readBranches(parts);
    case "forEach": {
      const [items, as] = [head("items"), needed("as", "text", kind, parts)];
      if (items === null || as === undefined) return null;
      return { kind, items, as, steps: neededSteps(kind, parts), ...present({ atOnce: options.count("atOnce") }) };
    }
    case "repeat": {
      const [condition, atMost] = [head("while"), needed("atMost", "count", kind, parts)];
      if (condition === null || atMost === undefined) return null;
      return { kind, while: condition, atMost, steps: neededSteps(kind, parts) };
    }
    case "parallel":
      return readParallel(parts);
    case "wait":
      return { kind, ...present({ for: options.text("for"), until: options.text("until") }) };
    case "waitFor": {
      const resource = head("resource");
      const [match, within] = [needed("match", "text", kind, parts), needed("within", "text", kind, parts)];
      if (resource === null || match === undefined || within === undefined) return null;
      return { kind, resource, ...present({ actions: someOf(options.texts("actions")) }), match, within };
    }
    case "request":
      return readRequest(parts);
    case "mail": {
      const [to, subject, text] = (["to", "subject", "text"] as const).map((name) => needed(name, "text", kind, parts));
      return to === undefined || subject === undefined || text === undefined ? null : { kind, to, subject, text };
    }
    case "function": {
      const name = head("function");
      return name === null
        ? null
        : { kind, function: name, ...present({ input: readNamedExpressions(options, "input") }) };
    }
    case "process": {
      const name = head("process");
      const input = readNamedExpressions(options, "input");
      const detached = options.flag("detached") || undefined;
      return name === null ? null : { kind, process: name, ...present({ input, detached }) };
    }
    case "ask": {
      const [connection, prompt] = [head("connection"), needed("prompt", "text", kind, parts)];
      if (connection === null || prompt === undefined) return null;
      const returns = options.node("returns");
      if (!returns) refuseMissing("returns", kind, parts);
      const members = returns ? readSection(returns, options.at("returns"), readArgument) : [];
      return { kind, connection, prompt, returns: members };
    }
    case "emit": {
      const type = head("type");
      return type === null ? null : { kind, type, ...present({ data: readTypedExpressions(options, "data") }) };
    }
    case "fail": {
      const message = head("message");
      return message === null ? null : { kind, message };
    }
  }
  // Every kind is above; a value from elsewhere would end here.
  return at.reading.refuse("unknown_function", parts.call.node, at.step, "There is no such step.");
}

function readSelect(resource: string | null, options: OptionReader): object | null {
  if (resource === null) return null;
  const order = options.texts("order");
  return {
    kind: "select",
    resource,
    ...present({
      action: options.text("action"),
      arguments: readNamedExpressions(options, "arguments"),
      where: readNamedExpressions(options, "where"),
      order: order && orderOf(order),
      limit: options.count("limit"),
    }),
  };
}

function readValues({ call, at }: Parts) {
  const [first] = call.args;
  const path = [...at.step, "values"];
  const { example } = stepForms.transform;
  if (!first) return at.reading.refuse("missing_option", call.node, path, `Write it as in \`${example}\`.`);
  at.reading.place(path, first);
  const object = plain(first);
  if (object.type !== "ObjectExpression") {
    return refuseKind(object, at.reading, path, `Write it as in \`${example}\`.`);
  }
  return readTypedExpressions(new ValuesReader(first, at), "values") ?? [];
}

/** The values of a transform stand where options of other steps do. */
class ValuesReader extends OptionReader {
  readonly #values: Expression;

  constructor(values: Expression, { reading, step }: StepAt) {
    super(null, { reading, path: step }, { allowed: [], of: "" });
    this.#values = values;
  }

  override node(): Expression {
    return this.#values;
  }
}

function readBranches(parts: Parts): object | null {
  const { call, options, at } = parts;
  const { reading, step } = at;
  const [first] = call.args;
  const path = [...step, "branches"];
  const { example } = stepForms.branch;
  if (!first) return reading.refuse("missing_option", call.node, path, `Write it as in \`${example}\`.`);
  reading.place(path, first);
  const branches: { readonly when: string; readonly steps: readonly Step[] }[] = [];
  for (const item of readList(first, reading, path) ?? []) {
    const branchPath = [...path, String(branches.length)];
    const branch = readBranch(item, branchPath, at);
    if (branch) branches.push(branch);
  }
  return { kind: "branch", branches, ...present({ otherwise: stepsOption("otherwise", options, at) }) };
}

function readBranch(node: Expression, path: readonly string[], at: StepAt) {
  const { reading } = at;
  const example = 'when("input.amount > 1000", { ... })';
  const call = readCall(node, reading, { path, allowed: ["when"], expected: `\`${example}\`` });
  if (!call) return null;
  reading.place(path, call.node);
  const condition = readHead(call, { reading, path }, { part: "when", example });
  const [, steps, extra] = call.args;
  if (extra) reading.refuse("unknown_option", extra, path, "`when` takes nothing more. Remove this.");
  if (!steps) reading.refuse("missing_option", call.node, path, `Write the steps after the condition: \`${example}\`.`);
  const read = steps ? readSteps(steps, deeper(at), path) : [];
  return condition === null ? null : { when: condition, steps: read };
}

function readParallel({ call, at }: Parts): object | null {
  const { reading, step } = at;
  const [first] = call.args;
  const path = [...step, "branches"];
  const { example } = stepForms.parallel;
  if (!first) return reading.refuse("missing_option", call.node, path, `Write it as in \`${example}\`.`);
  const branches = readSection(first, { reading, path }, (name, value, { path: branch }) => ({
    name,
    steps: readSteps(value, deeper(at), branch),
  }));
  return { kind: "parallel", branches };
}

function readRequest(parts: Parts): object | null {
  const { call, options, at } = parts;
  const [said, url] = [headText("method", "request", parts), headText("url", "request", parts)];
  const method = requestMethods.find((candidate) => candidate === said);
  const [first] = call.args;
  if (said !== null && first && method === undefined) {
    const message = `Write one of these here: ${requestMethods.map((name) => `"${name}"`).join(", ")}.`;
    at.reading.refuse("wrong_type", first, [...at.step, "method"], message);
  }
  if (method === undefined || url === null) return null;
  return {
    kind: "request",
    method,
    url,
    ...present({
      connection: options.text("connection"),
      headers: readNamedExpressions(options, "headers"),
      body: readTypedExpressions(options, "body"),
      take: readTaken(options, "take"),
    }),
  };
}

function headText(part: string, kind: StepKind, { call, at }: Parts): string | null {
  const { heads, example } = stepForms[kind];
  const index = heads.findIndex(({ name }) => name === part);
  return readHead({ ...call, args: call.args.slice(index) }, { reading: at.reading, path: at.step }, { part, example });
}

function needed(option: string, as: "text", kind: StepKind, parts: Parts): string | undefined;
function needed(option: string, as: "count", kind: StepKind, parts: Parts): number | undefined;
function needed(option: string, as: "text" | "count", kind: StepKind, parts: Parts): string | number | undefined {
  const { options } = parts;
  if (!options.node(option)) {
    refuseMissing(option, kind, parts);
    return undefined;
  }
  return as === "text" ? options.text(option) : options.count(option);
}

function neededSteps(kind: StepKind, parts: Parts): readonly Step[] {
  const steps = stepsOption("steps", parts.options, parts.at);
  if (steps === undefined) refuseMissing("steps", kind, parts);
  return steps ?? [];
}

function refuseMissing(option: string, kind: StepKind, { call, at }: Parts): void {
  const message = `Write \`${option}\` too, as in \`${stepForms[kind].example}\`.`;
  at.reading.refuse("missing_option", call.node, [...at.step, option], message);
}
