import type { Model } from "#lib/model/types.ts";

/** What the policy tester talks to: an app as it is live, by a key that may act as anybody for some minutes. */
export interface TesterSession {
  readonly environment: string;
  readonly release: number;
  /** The app's address, without a slash at its end. */
  readonly url: string;
  readonly apiKey: string;
  /** Of the release that is live; not that of the builder. */
  readonly model: Model;
}
