import { AppError } from "#lib/errors/AppError.ts";
import type { RunPlan } from "#lib/plan/types.ts";
import type { Database } from "../../exec/Database.ts";
import { failureKind } from "../../exec/failureKinds.ts";
import type { ShareKey } from "../../exec/shareKey.ts";
import { ChangeLog } from "./ChangeLog.ts";
import { Listening } from "./Listening.ts";
import type { Position } from "./Position.ts";
import { planOf, type Question, shapeOf } from "./Question.ts";
import { SharedQuestion } from "./SharedQuestion.ts";

export interface ChangeFeedParts {
  readonly database: Database;
  /** Of the database. */
  readonly url: string;
  readonly run: RunPlan;
  readonly shareKey: ShareKey;
  readonly onDefect: (error: unknown) => void;
}

const nothing = { ids: [], from: "0", to: "0" };

/** The change feed of one release of one environment. It costs the database nothing while nobody reads. */
export class ChangeFeed {
  readonly #parts: ChangeFeedParts;
  readonly #questions = new Map<string, SharedQuestion>();
  #log: { readonly log: ChangeLog; readonly started: Promise<void> } | null = null;
  #readers = 0;

  constructor(parts: ChangeFeedParts) {
    this.#parts = parts;
  }

  get readers(): number {
    return this.#readers;
  }

  /**
   * Listens to changes after a position, or to those to come. Throws AppError for what the actor may not ask, and for a
   * position that the feed no longer reaches back to. The reader must be closed.
   */
  async listen(questions: readonly Question[], after: Position | null): Promise<Listening> {
    const shared = questions.map((question) => this.#share(question));
    this.#readers += 1;
    try {
      this.#log ??= this.#open();
      const { log, started } = this.#log;
      await started;
      if (after) await log.check(after);
      return new Listening({
        log,
        questions: shared.map(({ question }) => question),
        start: after ?? log.head,
        onClose: () => this.#leave(shared),
      });
    } catch (error) {
      this.#leave(shared);
      throw publicly(error);
    }
  }

  /** Ends all readers. */
  close(): void {
    this.#log?.log.stop();
    this.#log = null;
  }

  #open() {
    const log = new ChangeLog(this.#parts);
    const started = log.start().catch((error: unknown) => {
      // The next reader tries again.
      log.stop();
      if (this.#log?.log === log) this.#log = null;
      throw error;
    });
    return { log, started };
  }

  #share(question: Question): Shared {
    const shape = shapeOf(question);
    const key = this.#parts.shareKey(question.actor, planOf(shape, question, nothing));
    const known = this.#questions.get(key) ?? new SharedQuestion(question, shape, this.#parts.run);
    known.readers += 1;
    this.#questions.set(key, known);
    return { key, question: known };
  }

  #leave(shared: readonly Shared[]): void {
    for (const { key, question } of shared) {
      question.readers -= 1;
      if (question.readers === 0) this.#questions.delete(key);
    }
    this.#readers -= 1;
    if (this.#readers === 0) this.close();
  }
}

interface Shared {
  readonly key: string;
  readonly question: SharedQuestion;
}

function publicly(error: unknown): unknown {
  const kind = failureKind(error);
  if (kind !== "unreachable" && kind !== "lost" && kind !== "full") return error;
  return new AppError("unavailable", "The app's database cannot be reached. Try again in a moment.", { cause: error });
}
