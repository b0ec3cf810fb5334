import type { Pump } from "./Work.ts";

export interface PumpRunsParts {
  /** Runs the pump once, on the release that serves now; null where the app has no such work. */
  readonly run: (pump: Pump) => Promise<Date | null>;
  readonly onChange: () => void;
  readonly onDefect: (error: unknown, pump: string) => void;
}

/** A run that takes longer does not keep what came since waiting: another is begun beside it, up to so many. */
const patienceMilliseconds = 100;
const mostAtOnce = 4;
/** After a failure; doubled with each further one. */
const firstPause = 500;
const longestPause = 60_000;

/** The runs of one pump for one environment. */
export class PumpRuns {
  readonly #pump: Pump;
  readonly #parts: PumpRunsParts;
  #underWay = 0;
  #isDirty = false;
  #beganAt = 0;
  #failures = 0;
  #patience: NodeJS.Timeout | null = null;
  #next: number | null = null;
  #isStopped = false;
  #ended: PromiseWithResolvers<void> | null = null;

  constructor(pump: Pump, parts: PumpRunsParts) {
    this.#pump = pump;
    this.#parts = parts;
  }

  get isQuiet(): boolean {
    return this.#underWay === 0 && !this.#isDirty;
  }

  /** When to look again, in ms of the clock; null where nothing is to be expected. */
  get next(): number | null {
    return this.#isDirty ? Date.now() : this.#next;
  }

  /** There may be something to do: it is looked at once, or as soon as a run under way has ended or takes long. */
  poke(): void {
    this.#isDirty = true;
    this.#proceed();
  }

  /** The same where its moment has come. */
  pokeWhenDue(): void {
    if (!this.#isDirty && this.#next !== null && this.#next <= Date.now()) {
      this.#next = null;
      this.poke();
    }
  }

  /** Settles when no run is under way any more; none is begun. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    if (this.#patience) clearTimeout(this.#patience);
    await this.#ended?.promise;
  }

  #proceed(): void {
    if (!this.#isDirty || this.#isStopped || this.#patience) return;
    const wait = this.#underWay === 0 ? 0 : this.#beganAt + patienceMilliseconds - Date.now();
    if (this.#underWay >= mostAtOnce) return;
    if (wait <= 0) this.#begin();
    else {
      this.#patience = setTimeout(() => {
        this.#patience = null;
        this.#proceed();
      }, wait);
    }
  }

  #begin(): void {
    this.#isDirty = false;
    this.#beganAt = Date.now();
    this.#underWay += 1;
    this.#next = null;
    this.#ended ??= Promise.withResolvers<void>();
    this.#run().finally(() => {
      this.#underWay -= 1;
      if (this.#underWay === 0) {
        this.#ended?.resolve();
        this.#ended = null;
      }
      if (this.#patience) clearTimeout(this.#patience);
      this.#patience = null;
      this.#proceed();
      this.#parts.onChange();
    });
  }

  async #run(): Promise<void> {
    try {
      const next = await this.#parts.run(this.#pump);
      this.#failures = 0;
      this.#expect(next === null ? null : next.getTime());
    } catch (error) {
      this.#parts.onDefect(error, this.#pump.name);
      this.#expect(Date.now() + Math.min(firstPause * 2 ** this.#failures, longestPause));
      this.#failures += 1;
    }
  }

  #expect(next: number | null): void {
    if (next !== null && (this.#next === null || next < this.#next)) this.#next = next;
  }
}
