import { createHash } from "node:crypto";
import { AppError } from "#lib/errors/AppError.ts";
import { isRead } from "#lib/plan/isRead.ts";
import type { Plan, RunPlan, WritePlan } from "#lib/plan/types.ts";
import type { Answer } from "../http/Answer.ts";
import type { AppRequest } from "../http/AppRequest.ts";
import { onceHeader, readOnceKey } from "./readOnceKey.ts";

export interface OnceCall {
  readonly request: AppRequest;
  readonly run: RunPlan;
}

type Answering = (call: OnceCall) => Promise<Answer> | Answer;

/**
 * Answers a request whose changes happen once for its `Idempotency-Key`. Requests without one, and those that change
 * nothing, are answered as they are.
 */
export function answerOnce(call: OnceCall, answer: Answering): Promise<Answer> | Answer {
  const header = call.request.headers[onceHeader];
  const { method } = call.request;
  if (header === undefined || method === "GET" || method === "HEAD") return answer(call);
  return keyed(call, readOnceKey(String(header)), answer);
}

async function keyed({ request, run }: OnceCall, key: string, answer: Answering): Promise<Answer> {
  let text: Promise<string> | null = null;
  const body = () => {
    text ??= request.body();
    return text;
  };
  let changes = 0;
  let replayed = false;
  const onReplay = () => {
    replayed = true;
  };
  const runOnce: RunPlan = async (actor, plan) => {
    if (!isChange(plan) || plan.dryRun) return run(actor, plan);
    // The changes of one request come in one order, so each has the same key again.
    changes += 1;
    const own = changes === 1 ? key : `${key}\n${changes}`;
    return run(actor, { ...plan, once: { key: own, fingerprint: fingerprint(request, await body(), plan), onReplay } });
  };
  const content = (): never => {
    const message = "An Idempotency-Key goes with requests whose body is JSON. Send this one without.";
    const fields = [{ field: "Idempotency-Key", rule: "unavailable", message }];
    throw new AppError("invalid_request", message, { fields });
  };
  const answered = await answer({ request: { ...request, body, content }, run: runOnce });
  return replayed ? { ...answered, headers: [...answered.headers, "idempotency-replayed", "true"] } : answered;
}

function isChange(plan: Plan): plan is WritePlan {
  return !isRead(plan.shape);
}

/** What was asked for, by whoever may do that; not what comes of it in this version of the model. */
function fingerprint({ method, path, query, headers, actor }: AppRequest, body: string, { shape }: Plan): string {
  const { roles, tenant, unrestricted } = actor;
  const asked = [method, path, query, headers.prefer, headers.accept, headers["if-match"], headers["content-type"]];
  const what = [shape.kind, shape.resource, "action" in shape ? shape.action : null];
  return createHash("sha256")
    .update(JSON.stringify([asked, what, roles, tenant, unrestricted]))
    .update(body)
    .digest("base64url");
}
