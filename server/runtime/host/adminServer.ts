import { hash, timingSafeEqual } from "node:crypto";
import type { IncomingMessage, Server } from "node:http";
import { AppError } from "#lib/errors/AppError.ts";
import { type Answer, emptyAnswer, jsonAnswer } from "../http/Answer.ts";
import { createServer } from "../http/nodeHttp.ts";
import { internalError, MethodError, problemAnswer } from "../http/problemAnswer.ts";
import { readBody } from "../http/readBody.ts";
import { send } from "../http/send.ts";
import { logDefect } from "../log.ts";
import { explainSlow } from "../slow/explainSlow.ts";
import { slowReport } from "../slow/slowReport.ts";
import type { Environment } from "./Environment.ts";
import type { Environments } from "./Environments.ts";
import { lazily } from "./lazily.ts";
import { releasesOf } from "./Releases.ts";
import { environmentId, readSpec } from "./readSpec.ts";

/** A model with thousands of attributes is some megabytes. */
const bodyLimit = 32 << 20;
/** Tests may come with many variants of a model. */
const testsLimit = 128 << 20;

const testsPart = lazily(() => import("../tests/testsPart.ts"));

/** The port of whoever governs the environments; it must be reachable from this machine only. */
export function adminServer(environments: Environments, secret: string): Server {
  const expected = digest(secret);
  return createServer(async (request, response) => {
    try {
      send(response, await answer(environments, request, expected));
    } catch (error) {
      if (!(error instanceof AppError)) logDefect("A request to the admin port failed.", error);
      if (!request.complete) response.shouldKeepAlive = false;
      send(response, problemAnswer(error instanceof AppError ? error : internalError, ""));
    }
  });
}

async function answer(environments: Environments, request: IncomingMessage, expected: Buffer): Promise<Answer> {
  const [, given = ""] = /^Bearer (.+)$/.exec(request.headers.authorization ?? "") ?? [];
  if (!timingSafeEqual(digest(given), expected)) throw new AppError("unauthenticated", "Send the admin secret.");
  const [, collection, id, ...rest] = (request.url ?? "/").split("/");
  const [operation, ...surplus] = rest;
  if (collection === "tests" && id === undefined) {
    if (request.method !== "POST") throw new MethodError(["POST"]);
    const given = parse(await readBody(request, testsLimit));
    return json(await testsPart(({ readTestRun, runTests }) => runTests(readTestRun(given))));
  }
  if (collection === "environments" && id && operation === "slow-statements") {
    return json(await slowStatements(environments, { id, path: surplus, method: request.method ?? "GET" }));
  }
  if (collection !== "environments" || surplus.length > 0 || !operations.has(operation)) {
    throw new AppError("not_found", "There is nothing at this path.");
  }
  if (id === undefined || id === "") {
    if (request.method !== "GET") throw new MethodError(["GET"]);
    return json({ environments: environments.statuses });
  }
  if (!environmentId.test(id)) throw new AppError("invalid_request", "This is no id of an environment.");
  if (operation === "reencrypt") {
    if (request.method !== "POST") throw new MethodError(["POST"]);
    return json({ values: (await environments.reencrypt(id)) ?? missing() });
  }
  if (operation === "figures") {
    if (request.method !== "GET") throw new MethodError(["GET"]);
    return json(environments.figures(id) ?? missing());
  }
  if (operation === "access-counts") {
    if (request.method !== "POST") throw new MethodError(["POST"]);
    const given = parse(await readBody(request, bodyLimit));
    return json((await environments.with(id, (environment) => countAccess(environment, given))) ?? missing());
  }
  if (operation === "mail") {
    if (request.method !== "POST") throw new MethodError(["POST"]);
    const given = parse(await readBody(request, bodyLimit));
    return json((await environments.with(id, (environment) => testMail(environment, given))) ?? missing());
  }
  switch (request.method) {
    case "GET":
      return json(environments.status(id) ?? missing());
    case "PUT": {
      const spec = readSpec(parse(await readBody(request, bodyLimit)));
      if (spec.id !== id) throw new AppError("invalid_input", "The id in the path is not that of the specification.");
      return json(await environments.apply(spec));
    }
    case "DELETE":
      await environments.remove(id);
      return emptyAnswer(204);
    default:
      throw new MethodError(["GET", "PUT", "DELETE"]);
  }
}

const operations: ReadonlySet<string | undefined> = new Set([
  undefined,
  "figures",
  "reencrypt",
  "mail",
  "access-counts",
]);

const accessPart = lazily(() => import("../access/accessCounts.ts"));

/** `POST …/access-counts`: how many records other policies would let people read. */
async function countAccess({ app: { model }, database }: Environment, given: unknown): Promise<object> {
  return await accessPart(({ accessCounts, readAccessCounts }) =>
    accessCounts({ model, database }, readAccessCounts(given)),
  );
}

/** `POST …/mail` sends a mail by the environment's server; `reason` says why that could not be, or is null. */
async function testMail(environment: Environment, given: unknown): Promise<{ readonly reason: string | null }> {
  const to = typeof given === "object" && given !== null && "to" in given ? String(given.to) : "";
  const { sendMail } = await import("../mail/sendMail.ts");
  const { name } = environment.app.model.app;
  const text = `This mail was sent by the mail server of ${name}, to try whether it works. It does.\n`;
  try {
    await sendMail(environment, { to, subject: `A test mail of ${name}`, text });
    return { reason: null };
  } catch (error) {
    if (error instanceof AppError) return { reason: error.message };
    throw error;
  }
}

interface SlowRequest {
  readonly id: string;
  /** What follows `slow-statements`. */
  readonly path: readonly string[];
  readonly method: string;
}

/** `GET …/slow-statements` lists them, `POST …/slow-statements/{statement}/explain` explains one. */
async function slowStatements(environments: Environments, { id, path, method }: SlowRequest): Promise<object> {
  if (!environmentId.test(id)) throw new AppError("invalid_request", "This is no id of an environment.");
  const [statement, operation, ...surplus] = path;
  const isList = statement === undefined;
  if (surplus.length > 0 || (!isList && operation !== "explain")) {
    throw new AppError("not_found", "There is nothing at this path.");
  }
  if (method !== (isList ? "GET" : "POST")) throw new MethodError([isList ? "GET" : "POST"]);
  const answer = await environments.with(id, async (serving): Promise<object | null> => {
    const releases = releasesOf(serving);
    if (isList) return slowReport(releases.map(({ slow }) => slow));
    const release = releases.find(({ slow }) => slow.find(statement) !== null);
    const found = release?.slow.find(statement);
    return release && found
      ? await explainSlow(found, { catalog: release.app.catalog, database: release.database })
      : null;
  });
  if (answer) return answer;
  throw new AppError("not_found", isList ? "There is no environment with this id." : "This statement was not slow.");
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new AppError("invalid_request", "The body is not valid JSON.", { cause });
  }
}

function missing(): never {
  throw new AppError("not_found", "There is no environment with this id.");
}

function json(value: object): Answer {
  return jsonAnswer(200, JSON.stringify(value));
}

/** Of equal length whatever was sent, so that the comparison takes equally long. */
function digest(text: string): Buffer {
  return hash("sha256", text, "buffer");
}
