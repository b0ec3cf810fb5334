import { changesChannel } from "#lib/compile/schema/changeFeedNames.ts";
import { AppError } from "#lib/errors/AppError.ts";
import type { Database } from "../../exec/Database.ts";
import { Notifications } from "../../exec/Notifications.ts";
import { isBefore, type Position } from "./Position.ts";
import { announceListening, type ChangeHead, type FeedRead, readFeed } from "./readFeed.ts";

/** Changes that follow each other, after one position and up to another. */
export interface Chunk {
  readonly from: Position;
  readonly to: Position;
  readonly changes: readonly ChangeHead[];
}

export interface ChangeLogParts {
  readonly database: Database;
  readonly url: string;
  readonly onDefect: (error: unknown) => void;
}

/** So many changes are read, and asked about, at once. */
const chunkSize = 200;
/** So many of the latest chunks are kept for readers that are a little behind. */
const keptChunks = 32;
/** The net under the notifications. */
const pollSeconds = 5;
const announceSeconds = 20;
/** While changes wait for other transactions: from so soon to so late. */
const [soonest, latest] = [10, 500];

const positionGone = () =>
  new AppError("position_gone", "Changes after this position are no longer kept. Read the records anew, then listen.");

/**
 * The end of an environment's change feed as it grows, shared by all its readers: one statement finds what is new for
 * all of them. It keeps a connection of its own only while somebody reads.
 */
export class ChangeLog {
  readonly #parts: ChangeLogParts;
  readonly #chunks: Chunk[] = [];
  readonly #waiting = new Set<() => void>();
  readonly #behind = new Map<string, Promise<Chunk>>();
  readonly #timers = new Set<NodeJS.Timeout>();
  #head: Position | null = null;
  #latest: Kept | null = null;
  #notifications: Notifications | null = null;
  #isReading = false;
  #isWoken = false;
  #others: NodeJS.Timeout | null = null;
  #pause = soonest;
  #hasFailed = false;
  #isStopped = false;

  constructor(parts: ChangeLogParts) {
    this.#parts = parts;
  }

  /** Settles once changes that are committed from now on are after `head`. */
  async start(): Promise<void> {
    await this.#listen().catch((error: unknown) => this.#parts.onDefect(error));
    const read = await readFeed(this.#parts.database, { txid: (1n << 63n) - 1n, id: 0n }, 0);
    this.#latest = read;
    this.#head = { txid: read.horizon, id: 0n };
    if (this.#isStopped) return;
    this.#every(pollSeconds, () => {
      if (!this.#notifications) this.#listenAgain();
      this.wake();
    });
    this.#every(announceSeconds, () => {
      this.#notifications?.run(announceListening).catch(() => this.#lost());
    });
    // What was under way while nobody listened is not told of.
    this.#later(1000, () => this.wake());
  }

  stop(): void {
    this.#isStopped = true;
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    this.#close();
    for (const resume of [...this.#waiting]) resume();
  }

  /** Where a reader begins that wants only what is to come. */
  get head(): Position {
    if (!this.#head) throw new Error("The change log was not started.");
    return this.#head;
  }

  /** Throws AppError where the changes after a position are not all there any more, or never were. */
  async check(position: Position): Promise<void> {
    // What was kept a moment ago will do: whoever reads on finds out what has been swept since.
    if (this.#latest && isKept(position, this.#latest)) return;
    checkKept(position, await readFeed(this.#parts.database, position, 0));
  }

  /** The next changes after a position, when there are some; null when the signal or the end of the log came before. */
  async next(after: Position, signal: AbortSignal): Promise<Chunk | null> {
    while (!isBefore(after, this.head)) {
      if (signal.aborted || this.#isStopped) return null;
      await this.#grown(signal);
    }
    if (signal.aborted || this.#isStopped) return null;
    const kept = this.#chunks.find(({ from, to }) => !isBefore(after, from) && isBefore(after, to));
    return kept ?? this.#readBehind(after);
  }

  /** Looks for what is new. */
  wake(): void {
    this.#isWoken = true;
    if (!this.#isReading) this.#read().catch((error: unknown) => this.#failed(error));
  }

  async #read(): Promise<void> {
    this.#isReading = true;
    try {
      while (this.#isWoken && !this.#isStopped) {
        this.#isWoken = false;
        const read = await readFeed(this.#parts.database, this.head, chunkSize);
        this.#hasFailed = false;
        this.#latest = read;
        this.#append(read.changes);
        if (read.changes.length === chunkSize) this.#isWoken = true;
        else if (read.isPending) this.#waitForOthers(read.changes.length > 0);
      }
    } finally {
      this.#isReading = false;
    }
  }

  /** While the database is away it is told of once; the next look at it tries again. */
  #failed(error: unknown): void {
    if (!this.#hasFailed) this.#parts.onDefect(error);
    this.#hasFailed = true;
  }

  #append(changes: readonly ChangeHead[]): void {
    const to = changes.at(-1);
    if (!to) return;
    this.#chunks.push({ from: this.head, to, changes });
    if (this.#chunks.length > keptChunks) this.#chunks.shift();
    this.#head = to;
    for (const resume of [...this.#waiting]) resume();
  }

  /** The end of another transaction is told by nobody. */
  #waitForOthers(hasMoved: boolean): void {
    if (this.#others) return;
    this.#pause = hasMoved ? soonest : Math.min(2 * this.#pause, latest);
    this.#others = this.#later(this.#pause, () => {
      this.#others = null;
      this.wake();
    });
  }

  /** Of readers that are far behind those at the same place share. */
  #readBehind(after: Position): Promise<Chunk> {
    const name = `${after.txid}.${after.id}`;
    const known = this.#behind.get(name);
    if (known) return known;
    const { head } = this;
    const read = async () => {
      try {
        const found = await readFeed(this.#parts.database, after, chunkSize);
        checkKept(after, found);
        const { changes } = found;
        return { from: after, to: changes.at(-1) ?? head, changes };
      } finally {
        this.#behind.delete(name);
      }
    };
    const reading = read();
    this.#behind.set(name, reading);
    return reading;
  }

  #grown(signal: AbortSignal): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const resume = () => {
      this.#waiting.delete(resume);
      signal.removeEventListener("abort", resume);
      resolve();
    };
    this.#waiting.add(resume);
    signal.addEventListener("abort", resume);
    return promise;
  }

  async #listen(): Promise<void> {
    const { url } = this.#parts;
    const notifications = new Notifications({
      url,
      channel: changesChannel,
      onNotice: () => {
        this.#pause = soonest;
        this.wake();
      },
      onLost: () => {
        if (this.#notifications === notifications) this.#lost();
      },
    });
    this.#notifications = notifications;
    try {
      await notifications.listen();
      await notifications.run(announceListening);
    } catch (error) {
      if (this.#notifications === notifications) this.#close();
      throw error;
    }
  }

  #listenAgain(): void {
    this.#listen().then(
      () => this.wake(),
      // The database is away; the next look at it tries again.
      () => {},
    );
  }

  #lost(): void {
    this.#close();
    if (!this.#isStopped) this.#later(500, () => this.#listenAgain());
  }

  #close(): void {
    const gone = this.#notifications;
    this.#notifications = null;
    gone?.close().catch(() => {});
  }

  #every(seconds: number, work: () => void): void {
    this.#timers.add(setInterval(work, 1000 * seconds).unref());
  }

  #later(milliseconds: number, work: () => void): NodeJS.Timeout {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      work();
    }, milliseconds).unref();
    this.#timers.add(timer);
    return timer;
  }
}

type Kept = Pick<FeedRead, "swept" | "newest">;

function isKept(position: Position, { swept, newest }: Kept): boolean {
  return position.txid <= newest && !(swept && isBefore(position, swept));
}

function checkKept(position: Position, kept: Kept): void {
  if (!isKept(position, kept)) throw positionGone();
}
