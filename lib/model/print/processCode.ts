import type { HookSignature, NamedExpression, Process, Start, Step, TypedExpression } from "../processTypes.ts";
import { orderTexts } from "../read/orderOf.ts";
import { stepForms, stepOptions } from "../read/stepForms.ts";
import { argumentsCode } from "./argumentCode.ts";
import type { OptionCode } from "./attributeCode.ts";
import type { CallCode, Code } from "./Code.ts";
import { call, callWithOptions, list, object } from "./Code.ts";
import { typedTextCode } from "./calculationCode.ts";
import { textsCode } from "./literalCode.ts";
import { optionalText } from "./optionalText.ts";
import { quoteText } from "./quoteText.ts";
import type { Style } from "./Style.ts";

/** What a process says of itself, in the order in which it is written. */
export function processOptionCodes(process: Process, style: Style): readonly OptionCode[] {
  const { describe, input, starts, steps, output, timeout } = process;
  const begins = starts?.map((start) => startCode(start, style));
  return [
    ...optionalText("describe", describe, style),
    ...(input ? [["input", argumentsCode(input, style)] as const] : []),
    ...(begins ? [["starts", list(begins)] as const] : []),
    ["steps", stepsCode(steps, style)],
    ...typed("output", output, style),
    ...optionalText("timeout", timeout, style),
  ];
}

function startCode(start: Start, style: Style): Code {
  switch (start.kind) {
    case "change":
      return callWithOptions(
        "onChange",
        [quoteText(start.resource, style)],
        [
          ...texts("actions", start.actions, style),
          ...texts("fields", start.fields, style),
          ...optionalText("when", start.when, style),
          ...named("input", start.input, style),
        ],
      );
    case "schedule":
      return callWithOptions(
        "onSchedule",
        [quoteText(start.cron, style)],
        [
          ...optionalText("zone", start.zone, style),
          ...optionalText("missed", start.missed, style),
          ...named("input", start.input, style),
        ],
      );
    case "hook": {
      const pointers = start.input?.map(({ name, pointer }) => [name, quoteText(pointer, style)] as const);
      return callWithOptions(
        "onHook",
        [quoteText(start.name, style)],
        [
          ["signature", signatureCode(start.signature, style)],
          ...(pointers ? [["input", object(pointers)] as const] : []),
        ],
      );
    }
    case "call":
      return callWithOptions("onCall", [], optionalText("allow", start.allow, style));
  }
}

function signatureCode({ scheme, secret, header }: HookSignature, style: Style): Code {
  return object([
    ["scheme", quoteText(scheme, style)],
    ...optionalText("secret", secret, style),
    ...optionalText("header", header, style),
  ]);
}

/** Steps by their names, one to a line. */
function stepsCode(steps: readonly Step[], style: Style): Code {
  return { ...object(steps.map((step) => [step.name, stepCode(step, style)] as const)), open: true };
}

/** `act("Invoice", "create", { input: { amount: "steps.total.gross" } })` */
function stepCode(step: Step, style: Style): CallCode {
  const { heads, options } = ownCodes(step, style);
  const rank = ([name]: OptionCode) => stepOptions(step.kind).indexOf(name);
  const codes = [...options, ...commonCodes(step, style)].toSorted((one, other) => rank(one) - rank(other));
  const { builder } = stepForms[step.kind];
  return codes.length === 0 ? call(builder, ...heads) : call(builder, ...heads, object(codes));
}

function commonCodes({ describe, when, retry, timeout, onError, compensate }: Step, style: Style) {
  const again = retry && object([["attempts", String(retry.attempts)], ...optionalText("pause", retry.pause, style)]);
  return [
    ...optionalText("describe", describe, style),
    ...optionalText("when", when, style),
    ...(again ? [["retry", again] as const] : []),
    ...optionalText("timeout", timeout, style),
    ...(onError ? [["onError", stepsCode(onError, style)] as const] : []),
    ...(compensate ? [["compensate", stepsCode(compensate, style)] as const] : []),
  ];
}

interface OwnCodes {
  readonly heads: readonly Code[];
  readonly options: readonly OptionCode[];
}

function ownCodes(step: Step, style: Style): OwnCodes {
  const quoted = (...said: readonly string[]) => said.map((text) => quoteText(text, style));
  switch (step.kind) {
    case "action":
      return {
        heads: quoted(step.resource, step.action),
        options: [...optionalText("key", step.key, style), ...named("input", step.input, style)],
      };
    case "find":
      return { heads: quoted(step.resource, step.key), options: [] };
    case "select":
      return {
        heads: quoted(step.resource),
        options: [
          ...optionalText("action", step.action, style),
          ...named("arguments", step.arguments, style),
          ...named("where", step.where, style),
          ...(step.order ? [["order", textsCode(orderTexts(step.order), style)] as const] : []),
          ...count("limit", step.limit),
        ],
      };
    case "transform":
      return { heads: [typedObject(step.values, style)], options: [] };
    case "branch": {
      const branches = step.branches.map(({ when, steps }) =>
        call("when", quoteText(when, style), stepsCode(steps, style)),
      );
      const otherwise = step.otherwise && stepsCode(step.otherwise, style);
      return {
        heads: [list(branches)],
        options: otherwise ? [["otherwise", otherwise]] : [],
      };
    }
    case "forEach":
      return {
        heads: quoted(step.items),
        options: [
          ["as", quoteText(step.as, style)],
          ["steps", stepsCode(step.steps, style)],
          ...count("atOnce", step.atOnce),
        ],
      };
    case "repeat":
      return {
        heads: quoted(step.while),
        options: [...count("atMost", step.atMost), ["steps", stepsCode(step.steps, style)]],
      };
    case "parallel": {
      const branches = step.branches.map(({ name, steps }) => [name, stepsCode(steps, style)] as const);
      return { heads: [{ ...object(branches), open: true }], options: [] };
    }
    case "wait":
      return {
        heads: [],
        options: [...optionalText("for", step.for, style), ...optionalText("until", step.until, style)],
      };
    case "waitFor":
      return {
        heads: quoted(step.resource),
        options: [
          ...texts("actions", step.actions, style),
          ["match", quoteText(step.match, style)],
          ["within", quoteText(step.within, style)],
        ],
      };
    case "request": {
      const taken = step.take?.map(({ name, type, pointer }) => [name, typedTextCode(type, pointer, style)] as const);
      return {
        heads: quoted(step.method, step.url),
        options: [
          ...optionalText("connection", step.connection, style),
          ...named("headers", step.headers, style),
          ...typed("body", step.body, style),
          ...(taken ? [["take", object(taken)] as const] : []),
        ],
      };
    }
    case "mail":
      return {
        heads: [],
        options: [
          ["to", quoteText(step.to, style)],
          ["subject", quoteText(step.subject, style)],
          ["text", quoteText(step.text, style)],
        ],
      };
    case "function":
      return { heads: quoted(step.function), options: named("input", step.input, style) };
    case "process":
      return {
        heads: quoted(step.process),
        options: [...named("input", step.input, style), ...(step.detached ? [["detached", "true"] as const] : [])],
      };
    case "ask":
      return {
        heads: quoted(step.connection),
        options: [
          ["prompt", quoteText(step.prompt, style)],
          ["returns", argumentsCode(step.returns, style)],
        ],
      };
    case "emit":
      return { heads: quoted(step.type), options: typed("data", step.data, style) };
    case "fail":
      return { heads: quoted(step.message), options: [] };
  }
}

function named(option: string, values: readonly NamedExpression[] | undefined, style: Style): readonly OptionCode[] {
  if (!values) return [];
  return [[option, object(values.map(({ name, expression }) => [name, quoteText(expression, style)] as const))]];
}

function typed(option: string, values: readonly TypedExpression[] | undefined, style: Style): readonly OptionCode[] {
  return values ? [[option, typedObject(values, style)]] : [];
}

function typedObject(values: readonly TypedExpression[], style: Style): Code {
  return object(values.map(({ name, type, expression }) => [name, typedTextCode(type, expression, style)] as const));
}

function texts(option: string, said: readonly string[] | undefined, style: Style): readonly OptionCode[] {
  return said ? [[option, textsCode(said, style)]] : [];
}

function count(option: string, value: number | undefined): readonly OptionCode[] {
  return value === undefined ? [] : [[option, String(value)]];
}
