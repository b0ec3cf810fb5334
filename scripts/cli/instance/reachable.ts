import { z } from "zod";
import { CliFailure } from "../CliFailure.ts";
import { exitCodes } from "../exitCodes.ts";

const problem = z.object({ code: z.string().optional(), detail: z.string().optional(), title: z.string().optional() });

/** `fetch`, with what keeps one from an answer told as a sentence. */
export async function reachable(url: string, ...asked: Parameters<typeof fetch>): Promise<Response> {
  const response = await fetch(...asked).catch((cause: unknown) => {
    throw new CliFailure(`${url} does not answer. Is the address right, and the network there?`, {
      exit: exitCodes.unreachable,
      code: "unreachable",
      cause,
    });
  });
  const type = response.headers.get("content-type") ?? "";
  if (type.includes("application/problem+json")) {
    const { code = "failed", detail, title } = problem.catch({}).parse(await response.json().catch(() => ({})));
    const exit = response.status === 401 || response.status === 403 ? exitCodes.forbidden : exitCodes.refused;
    throw new CliFailure(detail ?? title ?? `${url} answered ${response.status}.`, { exit, code });
  }
  if (/^application\/(?:json|gzip)\b/.test(type)) return response;
  throw new CliFailure(`${url} answered as Gantry does not (status ${response.status}). Is the address right?`, {
    exit: exitCodes.unreachable,
    code: "unreachable",
  });
}
