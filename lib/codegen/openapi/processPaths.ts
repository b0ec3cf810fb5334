import { kebabCase } from "../../model/naming/kebabCase.ts";
import type { Process } from "../../model/processTypes.ts";
import type { Argument, Attribute, JsonValue, Model } from "../../model/types.ts";
import { attributeSchema, documentedDefault } from "./attributeSchema.ts";
import type { Drawing } from "./Drawing.ts";
import { attributeExample } from "./examples/attributeExample.ts";
import { freeName } from "./freeName.ts";
import { type JsonSchema, orNull, refTo } from "./JsonSchema.ts";
import type { Content, Parameter, PathItem } from "./Operation.ts";
import { parameterRef } from "./parameters.ts";
import { prose } from "./prose.ts";
import { answer, type HeaderName, refusals } from "./responses.ts";

const tag = "Processes";

/** `/processes` and `/runs`; nothing where no process can be called. */
export function processPaths(drawing: Drawing): Record<string, PathItem> {
  const called = (drawing.model.processes ?? []).filter(({ starts = [] }) =>
    starts.some(({ kind }) => kind === "call"),
  );
  if (called.length === 0) return {};
  return Object.assign(
    {},
    ...called.map((process) => callPath(process, drawing)),
    { "/runs": { get: listRuns(drawing) } },
    { "/runs/{run}": { parameters: [runParameter], get: showRun(drawing) } },
  );
}

/** The tag of the operations; none where there are none. */
export function processTags(drawing: Drawing): readonly { readonly name: string; readonly description: string }[] {
  const isAny = Object.keys(processPaths(drawing)).length > 0;
  return isAny ? [{ name: tag, description: "Processes that can be called, and what came of it." }] : [];
}

/** A run, and a list of runs. */
export function runSchemas(model: Model): Record<string, JsonSchema> {
  const run = freeName(model, "Run");
  return { [run]: runSchema, [freeName(model, "RunList")]: listSchema(refTo(run)) };
}

function callPath(process: Process, drawing: Drawing): Record<string, PathItem> {
  const { name, input = [], describe } = process;
  const example = { value: inputExample(input, drawing) };
  const isRequired = input.some(({ required, default: value }) => required && value === undefined);
  const schema = inputSchema(input, drawing);
  return {
    [`/processes/${kebabCase(name)}`]: {
      post: {
        operationId: `call_${name}`,
        summary: `Start the process ${name}`,
        description: `${prose(describe) ?? "Begins a run of the process."} The run goes on by itself; \`Prefer: wait=10\` waits so many seconds for its end.`,
        tags: [tag],
        parameters: [waitParameter, parameterRef("Idempotency-Key")],
        requestBody: {
          description: "The inputs of the process.",
          required: isRequired,
          content: { "application/json": { schema, examples: { example } } },
        },
        responses: {
          200: answer({ description: "The run, which has ended.", headers, content: runContent(drawing) }, drawing),
          202: answer({ description: "The run, which goes on.", headers, content: runContent(drawing) }, drawing),
          ...refusals(413, 415, 422),
        },
      },
    },
  };
}

const headers: readonly HeaderName[] = ["Location", "Idempotency-Replayed"];

function runContent(drawing: Drawing): Content {
  const example = { value: runExample(drawing) };
  return { "application/json": { schema: refTo(freeName(drawing.model, "Run")), examples: { example } } };
}

function listRuns(drawing: Drawing): NonNullable<PathItem["get"]> {
  const names = (drawing.model.processes ?? []).map(({ name }) => name);
  const schema = refTo(freeName(drawing.model, "RunList"));
  const example = { value: { data: [runExample(drawing)], page: { next: null } } };
  return {
    operationId: "list_runs",
    summary: "List runs of processes",
    description: "The latest first. Service keys see all runs, everybody else those of their own calls.",
    tags: [tag],
    parameters: [
      query("process", "Only of this process.", { type: "string", enum: names }),
      query("status", "Only with one of these, separated by commas.", {
        type: "array",
        items: statusSchema,
        minItems: 1,
      }),
      query("since", "Only those that were begun since then.", moment),
      query("until", "Only those that were begun before.", moment),
      {
        name: "page",
        in: "query",
        style: "deepObject",
        explode: true,
        description: "`page[size]`, and the cursor of an earlier answer in `page[after]`.",
        schema: {
          type: "object",
          properties: { size: { type: "integer", minimum: 1, maximum: 200, default: 50 }, after: { type: "string" } },
          additionalProperties: false,
        },
        example: { size: 20 },
      },
    ],
    responses: {
      200: answer(
        { description: "A page of runs.", content: { "application/json": { schema, examples: { example } } } },
        drawing,
      ),
      ...refusals(),
    },
  };
}

function showRun(drawing: Drawing): NonNullable<PathItem["get"]> {
  return {
    operationId: "get_run",
    summary: "Read a run of a process",
    description: "With its steps in the order in which they were begun. What is sensitive is masked.",
    tags: [tag],
    responses: {
      200: answer({ description: "The run.", content: runContent(drawing) }, drawing),
      ...refusals(404),
    },
  };
}

function query(name: string, description: string, schema: JsonSchema): Parameter {
  const isList = schema.type === "array";
  return { name, in: "query", ...(isList && { style: "form", explode: false }), description, schema };
}

const moment: JsonSchema = { type: "string", format: "date-time" };

const waitParameter: Parameter = {
  name: "Prefer",
  in: "header",
  description: "`wait=10` waits so many seconds for the end of the run, at most 60.",
  schema: { type: "string" },
  example: "wait=10",
};

const runParameter: Parameter = {
  name: "run",
  in: "path",
  required: true,
  description: "Id of the run.",
  schema: { type: "string", format: "uuid" },
  example: "0198c5f2-7b1e-7c3a-9d4e-2f6a8b0c1d2e",
};

function inputSchema(input: readonly Argument[], { model }: Drawing): JsonSchema {
  const properties = input.map((argument): [string, JsonSchema] => {
    const schema = attributeSchema(attributeOf(argument), model, "input");
    const whole = { ...schema, ...documentedDefault(attributeOf(argument), model) };
    return [argument.name, argument.required ? whole : orNull(whole)];
  });
  const required = input.flatMap(({ name, required, default: value }) => (required && !value ? [name] : []));
  return {
    type: "object",
    properties: Object.fromEntries(properties),
    ...(required.length > 0 && { required }),
    additionalProperties: false,
  };
}

function attributeOf(argument: Argument): Attribute {
  return { ...argument, column: argument.name, unique: false };
}

function inputExample(input: readonly Argument[], { model }: Drawing): JsonValue {
  const members = input.flatMap((argument): [string, JsonValue][] => {
    const value = attributeExample(argument, model);
    return value === undefined ? [] : [[argument.name, value]];
  });
  return Object.fromEntries(members);
}

const statusSchema: JsonSchema = {
  type: "string",
  enum: ["waiting", "running", "compensating", "succeeded", "failed", "cancelled"],
};

const text: JsonSchema = { type: "string" };
const textOrNull: JsonSchema = { type: ["string", "null"] };
const momentOrNull: JsonSchema = { type: ["string", "null"], format: "date-time" };
const objectOrNull: JsonSchema = { type: ["object", "null"] };

const stepSchema: JsonSchema = {
  type: "object",
  description: "A step of the run.",
  required: ["path", "name", "kind", "status", "attempt"],
  properties: {
    path: { ...text, description: "With the numbers of the items of loops: `rows[3].send`." },
    name: text,
    kind: text,
    status: { type: "string", enum: ["pending", "running", "waiting", "succeeded", "skipped", "failed", "undone"] },
    attempt: { type: "integer", minimum: 1 },
    startedAt: moment,
    endedAt: momentOrNull,
  },
};

const runSchema: JsonSchema = {
  type: "object",
  description: "A run of a process.",
  required: ["id", "process", "status", "input", "output", "error", "createdAt", "endedAt"],
  properties: {
    id: { type: "string", format: "uuid" },
    process: { ...text, description: "Name of the process." },
    version: { ...text, description: "Of the process: the one that the run was begun with." },
    status: statusSchema,
    input: { type: "object", description: "What is sensitive is masked." },
    output: { ...objectOrNull, description: "What the run has come to." },
    error: { ...objectOrNull, description: "Why it failed: `code`, `message` and the path of the `step`." },
    cause: { type: "object", description: "What began it." },
    parent: { ...textOrNull, description: "The run that waits for this one." },
    wakesAt: { ...momentOrNull, description: "When it goes on, if nothing happens before." },
    createdAt: moment,
    startedAt: momentOrNull,
    endedAt: momentOrNull,
    steps: {
      type: "object",
      description: "Of one run: its steps. More of them at `/runs/{run}/steps?page[after]=…`.",
      properties: { data: { type: "array", items: stepSchema }, page: { type: "object" } },
    },
  },
};

function listSchema(run: JsonSchema): JsonSchema {
  return {
    type: "object",
    description: "A page of runs.",
    required: ["data", "page"],
    properties: {
      data: { type: "array", items: run },
      page: { type: "object", required: ["next"], properties: { next: textOrNull } },
    },
  };
}

function runExample({ model }: Drawing): JsonValue {
  const called = (model.processes ?? []).find(({ starts = [] }) => starts.some(({ kind }) => kind === "call"));
  return {
    id: "0198c5f2-7b1e-7c3a-9d4e-2f6a8b0c1d2e",
    process: called?.name ?? "process",
    version: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    status: "succeeded",
    input: {},
    output: null,
    error: null,
    cause: { kind: "call", id: "apiKey:1", depth: 0 },
    parent: null,
    wakesAt: null,
    createdAt: "2026-01-31T09:30:00.000Z",
    startedAt: "2026-01-31T09:30:00.010Z",
    endedAt: "2026-01-31T09:30:00.080Z",
  };
}
