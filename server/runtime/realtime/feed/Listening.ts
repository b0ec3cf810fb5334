import { setTimeout as pause } from "node:timers/promises";
import { AppError } from "#lib/errors/AppError.ts";
import { failureKind } from "../../exec/failureKinds.ts";
import type { ChangeLog } from "./ChangeLog.ts";
import { isBefore, type Position } from "./Position.ts";
import type { SharedQuestion } from "./SharedQuestion.ts";
import type { ToldChange } from "./ToldChange.ts";

export interface ListeningParts {
  readonly log: ChangeLog;
  readonly questions: readonly SharedQuestion[];
  readonly start: Position;
  readonly onClose: () => void;
}

/** What was worked out so long ago is worked out anew before a slow reader is told of it. */
const freshMilliseconds = 1000;
/** So many changes, with so much text of records, are told at once. */
const mostTogether = 64;
const mostText = 16_000;
/** While the database is away. */
const retryMilliseconds = 500;

/**
 * One reader of the change feed. It is told of the next change when it asks for it, and until then only its position is
 * kept for it, so that slow readers cost no memory and miss nothing.
 */
export class Listening {
  readonly #parts: ListeningParts;
  readonly #end = new AbortController();
  #position: Position;

  constructor(parts: ListeningParts) {
    this.#parts = parts;
    this.#position = parts.start;
  }

  /** All changes up to here were told, or concern others. */
  get position(): Position {
    return this.#position;
  }

  /** Ends it; may be called twice. */
  close(): void {
    if (this.#end.signal.aborted) return;
    this.#end.abort();
    this.#parts.onClose();
  }

  /**
   * The changes one by one, until it is closed or the feed ends. Throws AppError when the feed no longer reaches back to
   * its position.
   */
  async *changes(): AsyncGenerator<ToldChange, void, void> {
    for await (const some of this.handfuls(1)) yield* some;
  }

  /** The same, several at once where they are there and not large. */
  async *handfuls(most = mostTogether): AsyncGenerator<readonly ToldChange[], void, void> {
    const { log, questions } = this.#parts;
    const { signal } = this.#end;
    while (!signal.aborted) {
      const chunk = await this.#retrying(() => log.next(this.#position, signal));
      if (!chunk || signal.aborted) return;
      const told = await this.#retrying(async () => {
        const answers = await Promise.all(questions.map((question) => question.answer(chunk)));
        return merged(answers);
      });
      if (!told || signal.aborted) return;
      const since = performance.now();
      let isWhole = true;
      const ahead = told.filter(({ position }) => isBefore(this.#position, position));
      for (let at = 0; at < ahead.length; ) {
        if (performance.now() - since > freshMilliseconds) {
          isWhole = false;
          break;
        }
        const some = handful(ahead, at, most);
        yield some;
        if (signal.aborted) return;
        this.#position = some.at(-1)?.position ?? this.#position;
        at += some.length;
      }
      if (isWhole && isBefore(this.#position, chunk.to)) this.#position = chunk.to;
    }
  }

  /** Null once it is closed. */
  async #retrying<Result>(work: () => Promise<Result>): Promise<Result | null> {
    const { signal } = this.#end;
    while (!signal.aborted) {
      try {
        return await work();
      } catch (error) {
        if (!isPassing(error)) throw error;
        await pause(retryMilliseconds, undefined, { signal }).catch(() => {});
      }
    }
    return null;
  }
}

function handful(changes: readonly ToldChange[], from: number, most: number): readonly ToldChange[] {
  let to = from;
  let text = 0;
  do {
    text += changes[to]?.record?.length ?? 0;
    to += 1;
  } while (to < changes.length && to - from < most && text < mostText);
  return changes.slice(from, to);
}

/** Whether the database is away, or has too much to do. */
function isPassing(error: unknown): boolean {
  if (error instanceof AppError) return error.code === "unavailable";
  const kind = failureKind(error);
  return kind === "unreachable" || kind === "lost" || kind === "full";
}

/** Changes of several resources in the order of the feed. */
function merged(answers: readonly (readonly ToldChange[])[]): readonly ToldChange[] {
  const [only, ...others] = answers;
  if (only && others.length === 0) return only;
  return answers.flat().sort((one, other) => (isBefore(one.position, other.position) ? -1 : 1));
}
