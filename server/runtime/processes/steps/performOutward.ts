import type { AskStep, Connection, MailStep, RequestStep } from "#lib/model/processTypes.ts";
import type { Performed } from "#lib/model/runs/WalkEffects.ts";
import type { JsonValue } from "#lib/model/types.ts";
import { lazily } from "../../host/lazily.ts";
import type { StepCall } from "../StepCall.ts";
import { StepError } from "../StepError.ts";
import { type StepDoing, stepKey } from "./StepDoing.ts";

const requests = lazily(() => import("../../outbound/requestStep.ts"));
const mails = lazily(() => import("../../outbound/mailStep.ts"));
const questions = lazily(() => import("../../outbound/askStep.ts"));

type OutwardStep = RequestStep | MailStep | AskStep;

/** Results that are larger are none that a run could go on with. */
const mostBytes = 1 << 20;

/**
 * Reaches out of the database. That the step was begun is kept before, what came of it right after; who is killed in
 * between does it again, with the same key.
 */
export async function performOutward(doing: StepDoing, step: OutwardStep): Promise<Performed> {
  const { held, work } = doing;
  held.note(work.note);
  await held.flush();
  const result = await call(doing, step);
  if (JSON.stringify(result).length > mostBytes) {
    throw new StepError("too_large", "The answer is larger than 1 MiB.", { isLasting: true });
  }
  const note = work.succeeded(result);
  held.note(note);
  await held.flush();
  return { kind: "done", result, note };
}

async function call(doing: StepDoing, step: OutwardStep): Promise<JsonValue> {
  const { held } = doing;
  const { environment } = held;
  const name = "connection" in step ? step.connection : undefined;
  const connection = environment.app.model.app.connections?.find((candidate) => candidate.name === name) ?? null;
  if (name !== undefined && !connection) {
    throw new StepError("not_found", `The app has no connection ${name} any more.`, { isLasting: true });
  }
  const { telemetry } = environment;
  const count = (outcome: "ok" | "failed") =>
    telemetry.count("gantry.outgoing.calls", {
      "gantry.process": held.run.process,
      "gantry.kind": step.kind,
      "gantry.connection": name ?? "",
      "gantry.outcome": outcome,
    });
  try {
    const result = await reach(doing, step, connection);
    count("ok");
    return result;
  } catch (error) {
    count("failed");
    throw error;
  }
}

async function reach(doing: StepDoing, step: OutwardStep, connection: Connection | null): Promise<JsonValue> {
  const { held, work, signal } = doing;
  const { environment } = held;
  const base = { environment, values: work.values, connection, idempotencyKey: stepKey(doing), signal };
  switch (step.kind) {
    case "request":
      return requests(({ requestStep }) => requestStep({ ...base, step } satisfies StepCall<"request">));
    case "mail":
      return mails(({ mailStep }) => mailStep({ ...base, step } satisfies StepCall<"mail">));
    case "ask":
      return questions(({ askStep }) => askStep({ ...base, step } satisfies StepCall<"ask">));
  }
}
