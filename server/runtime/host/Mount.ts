import type { Answer } from "../http/Answer.ts";
import type { AppRequest } from "../http/AppRequest.ts";
import type { Environment } from "./Environment.ts";

/** A part of every app's API, by the beginning of its paths. */
export interface Mount {
  /** A path that ends with a slash stands for all below it. */
  readonly path: string;
  /** The name of the route in metrics. */
  readonly route: string;
  /** Everything wants a key; open are only pages that are the same for every app. */
  readonly open?: boolean;
  /** Its answers go on until somebody ends them: they are bounded by `Environment.streams`, not by time. */
  readonly streams?: boolean;
  readonly answer: (request: AppRequest, environment: Environment) => Promise<Answer> | Answer;
}
