import type { JsonSchema } from "#lib/codegen/openapi/JsonSchema.ts";
import type { DocumentSchemas } from "#lib/codegen/openapi/testing/DocumentSchemas.ts";
import { errorCodes } from "#lib/errors/codes.ts";
import type { Api, ApiAnswer, ApiOperation } from "./Api.ts";
import type { ApiReply, ApiRequest } from "./ApiRequest.ts";
import { isJson } from "./validRequest.ts";

export interface Checking {
  readonly api: Api;
  /** Of the document with every object closed: what it does not name, nobody answers. */
  readonly schemas: DocumentSchemas;
}

export interface Exchange {
  readonly operation: ApiOperation;
  readonly request: ApiRequest;
  readonly reply: ApiReply;
}

/** Everything that an answer has against what the document says of it. */
export function checkReply({ operation, request, reply }: Exchange, checking: Checking): readonly string[] {
  const { status } = reply;
  if (status >= 500) return [`answers ${status}`];
  const answer = operation.answers.get(status);
  if (!answer) return [`answers ${status}, which the document does not name`];
  return [
    ...checkHeaders(answer, reply, checking),
    ...checkContent(answer, { operation, request, reply }, checking),
    ...(status >= 400 ? checkProblem(reply) : []),
  ];
}

function checkHeaders({ headers }: ApiAnswer, reply: ApiReply, { api, schemas }: Checking): readonly string[] {
  const found: string[] = [];
  for (const name of api.headerNames) {
    const value = reply.headers.get(name);
    const header = headers[name];
    if (!header && value !== null) found.push(`sends ${name}, which the document does not name`);
    if (header?.required && value === null) found.push(`sends no ${name}`);
    const mismatch = header && value !== null ? schemas.mismatch(header.schema, value) : null;
    if (mismatch) found.push(`sends ${name}: ${value}: ${mismatch}`);
  }
  return found;
}

function checkContent({ content }: ApiAnswer, { request, reply }: Exchange, { schemas }: Checking): readonly string[] {
  const { status, text } = reply;
  const mediaType = reply.headers.get("content-type")?.split(";", 1)[0] ?? null;
  const named = Object.entries(content);
  if (named.length === 0) return text === "" ? [] : ["sends content, which the document does not name"];
  if (text === "") {
    // What somebody prefers not to be told, or may not read, is created all the same.
    const mayBeEmpty = status === 201 || request.method === "HEAD" || !named.some(([type]) => isJson(type));
    return mayBeEmpty ? [] : ["sends no content"];
  }
  const match = named.find(([type]) => fits(type, mediaType));
  if (!match) return [`sends ${mediaType}, which the document does not name`];
  if (!isJson(match[0])) return [];
  const mismatch = schemas.mismatch(match[1].schema, JSON.parse(text));
  return mismatch ? [`sends what does not fit its schema: ${mismatch}: ${text.slice(0, 2000)}`] : [];
}

function fits(named: string, sent: string | null): boolean {
  if (sent === null) return false;
  return named === sent || named === "*/*" || (named.endsWith("/*") && sent.startsWith(named.slice(0, -1)));
}

/** The parts of a problem document that belong together. */
export function checkProblem({ status, text, headers }: ApiReply): readonly string[] {
  if (headers.get("content-type") === "application/vnd.api+json") return [];
  if (text === "") return ["sends no problem document"];
  const problem = JSON.parse(text) as Readonly<Record<string, unknown>>;
  const known = Object.entries(errorCodes).find(([code]) => code === problem.code)?.[1];
  const found: string[] = [];
  if (problem.status !== status) found.push(`says that its status is ${problem.status}`);
  if (known?.status !== status || known.title !== problem.title) found.push(`has the code ${problem.code}`);
  if (!String(problem.type).endsWith(`/docs/errors#${problem.code}`)) found.push(`has the type ${problem.type}`);
  if (/\b(select|insert|pg_|postgres|sqlstate|at .*\.ts:\d+)/i.test(String(problem.detail))) {
    found.push(`tells of what is inside: ${problem.detail}`);
  }
  return found;
}

/** The document with nothing left open: an object has the members that are named and no others. */
export function closed<Part>(part: Part): Part {
  if (typeof part !== "object" || part === null) return part;
  if (Array.isArray(part)) return part.map(closed) as Part;
  const members = Object.fromEntries(
    Object.entries(part).map(([name, value]) => [
      name,
      name === "example" || name === "examples" ? value : closed(value),
    ]),
  );
  const { properties, additionalProperties, type } = members as JsonSchema;
  const isOpen = properties !== undefined && additionalProperties === undefined && type !== undefined;
  return (isOpen ? { ...members, additionalProperties: false } : members) as Part;
}
