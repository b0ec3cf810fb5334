import type { Database } from "#db/client.ts";
import { AppError } from "#lib/errors/AppError.ts";
import type { Principal } from "../../../access/Principal.ts";
import { database } from "../../../database.ts";
import { env } from "../../../env.ts";
import { clientAddress } from "../../../http/clientAddress.ts";
import { limitOf } from "../../../http/limits.ts";
import { RateLimitedError } from "../../../http/RateLimitedError.ts";
import { countTry } from "../../../http/rateLimit.ts";
import { logDefect } from "../../../log.ts";
import { actorOf, recordAudit } from "../../audit/service.ts";
import { requireUnheld } from "../../plans/service.ts";
import { type Project, touchProject } from "../../projects/service.ts";
import { authorizeGit } from "../../tokens/service.ts";
import type { GitDirectory } from "../git/GitDirectory.ts";
import { runGit } from "../git/runGit.ts";
import { removeStaleLocks } from "../git/staleLocks.ts";
import { takeHookFailure } from "../hooks/hookFailure.ts";
import { maintainRepository, openRepository, tellMoved } from "../service.ts";
import { basicPassword } from "./basicPassword.ts";
import { CallSlots } from "./CallSlots.ts";
import { CgiError, callCgi } from "./callCgi.ts";
import { type GitRequest, parseGitRequest } from "./GitRequest.ts";
import { gitCgiEnvironment, maxPack } from "./gitCgi.ts";
import { installPushHook } from "./pushHook.ts";
import { requestBody } from "./requestBody.ts";

/** In bytes. Git itself refuses a larger pack with a sentence of its own; this is what it may need around it. */
const maxBody = { "git-receive-pack": (maxPack + 8) * 1024 * 1024, "git-upload-pack": 8 * 1024 * 1024 } as const;
const minute = 60_000;
/** Of `git http-backend` in this process. */
const slots = new CallSlots(64, 16);

/** Answers a git client: clone, fetch and push by the smart HTTP protocol, with a personal token as the password. */
export async function serveGit(request: Request, db: Database = database()): Promise<Response> {
  try {
    const asked = parseGitRequest(request);
    if (!asked) throw new AppError("not_found", "Clone from /git/<organisation>/<project>.git with a git client.");
    const { who, project } = await authorize(request, asked, db);
    return await answer(request, { asked, project, who, db });
  } catch (error) {
    if (request.signal.aborted) return new Response(null, { status: 499 });
    if (error instanceof AppError) return plainAnswer(error);
    logDefect("A git client could not be answered.", error, { path: new URL(request.url).pathname });
    return plainAnswer(new AppError("internal", "Something went wrong on our side. Try again in a moment."));
  }
}

/** Nothing tells a project that is not there from one that is not theirs. */
async function authorize(request: Request, asked: GitRequest, db: Database) {
  const token = basicPassword(request.headers);
  const { organisationSlug, projectSlug, service } = asked;
  const pushing = service === "git-receive-pack";
  const address = clientAddress(request.headers);
  const found = token && (await authorizeGit(db, { token, organisationSlug, projectSlug, pushing, address }));
  if (found) {
    const { user, project } = found;
    if (pushing) {
      await requireUnheld(db, { organisationId: project.organisationId, userId: user.id, projectId: project.id });
    }
    return found;
  }
  if (token) {
    const subject = address ?? `${organisationSlug}/${projectSlug}`;
    await countTry(db, [limitOf("git:failure", subject)]);
  }
  throw new AppError(
    "unauthenticated",
    "Give a token from your settings as the password, for a project you belong to.",
  );
}

interface Exchange {
  readonly asked: GitRequest;
  readonly project: Project;
  readonly who: Principal;
  readonly db: Database;
}

async function answer(request: Request, { asked, project, who, db }: Exchange): Promise<Response> {
  const userId = who.user.id;
  const directory = await openRepository(project.id);
  const pushing = asked.service === "git-receive-pack" && asked.step === "exchange";
  if (pushing) await removeStaleLocks(directory.path);
  const before = pushing ? await refsOf(directory) : none;
  const hook = await installPushHook(env().GANTRY_DATA);
  const ended = slots.take(userId);
  try {
    return await callCgi({
      command: ["git", "http-backend"],
      environment: gitCgiEnvironment(directory, { asked, headers: request.headers, userId, hook }),
      body: asked.step === "exchange" ? requestBody(request, maxBody[asked.service]) : nothing(),
      signal: request.signal,
      idle: 2 * minute,
      total: 30 * minute,
      ended,
      settled: async () => {
        if (!pushing) return;
        const failure = await takeHookFailure(directory.path);
        if (failure) logDefect("A push could not be judged.", new Error(failure), { projectId: project.id });
        const after = await refsOf(directory);
        const moved = differing(before, after);
        if (moved.length === 0) return;
        await touchProject(db, project.id);
        await recordPush(request, { project, who, db }, moved);
        void tellMoved(
          moved.flatMap(({ ref, from, to }) =>
            ref.startsWith(heads)
              ? [{ projectId: project.id, branch: ref.slice(heads.length), from, to, trigger: "push", userId }]
              : [],
          ),
        );
        void maintainRepository(project.id);
      },
    });
  } catch (error) {
    if (error instanceof CgiError && error.stderr.includes("is not a git command")) {
      throw new AppError("unavailable", "This installation's Git has no http-backend.", { cause: error });
    }
    throw error;
  }
}

const heads = "refs/heads/";
/** Of a push that moves more, how many is told. */
const mostRecorded = 50;

/** Right after the push: what Git has moved cannot be undone with a record that fails. */
async function recordPush(
  { headers }: Request,
  { project, who, db }: Omit<Exchange, "asked">,
  moved: ReturnType<typeof differing>,
): Promise<void> {
  const told = moved.slice(0, mostRecorded);
  const others = moved.length > told.length ? { others: moved.length - told.length } : {};
  await recordAudit(db, {
    organisationId: project.organisationId,
    actor: actorOf(who),
    action: "git.push",
    target: `project ${project.slug}`,
    projectId: project.id,
    address: clientAddress(headers),
    userAgent: headers.get("user-agent"),
    before: Object.fromEntries(told.map(({ ref, from }) => [ref, from])),
    after: { ...Object.fromEntries(told.map(({ ref, to }) => [ref, to])), ...others },
  });
}

/** Commits and other objects by the names of branches and tags. */
type Refs = ReadonlyMap<string, string>;

const none: Refs = new Map();

async function refsOf(directory: GitDirectory): Promise<Refs> {
  const output = await runGit(directory, ["for-each-ref", "--format=%(objectname) %(refname)"]);
  const lines = output.toString("utf8").split("\n");
  return new Map(lines.filter((line) => line !== "").map((line) => [line.slice(41), line.slice(0, 40)]));
}

function differing(before: Refs, after: Refs) {
  return [...new Set([...before.keys(), ...after.keys()])]
    .map((ref) => ({ ref, from: before.get(ref) ?? null, to: after.get(ref) ?? null }))
    .filter(({ from, to }) => from !== to);
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

/** In plain text, which git clients show to the person. */
function plainAnswer(error: AppError): Response {
  return new Response(`${error.message}\n`, {
    status: error.status,
    headers: {
      "content-type": "text/plain; charset=utf-8",
      "cache-control": "no-store",
      ...(error.code === "unauthenticated" && { "www-authenticate": 'Basic realm="Gantry", charset="UTF-8"' }),
      ...(error instanceof RateLimitedError && { "retry-after": String(error.retryAfterSeconds) }),
    },
  });
}
