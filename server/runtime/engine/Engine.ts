import { failureKind } from "../exec/failureKinds.ts";
import type { Environment } from "../host/Environment.ts";
import { log, logDefect } from "../log.ts";
import { Charge } from "./Charge.ts";
import type { EngineHost, EngineLimits } from "./EngineHost.ts";
import { lookAt } from "./lookAt.ts";
import { pumpParts, taskNeeds, taskParts } from "./parts.ts";
import { queueMemory } from "./QueueSession.ts";
import { LostError, Shift } from "./Shift.ts";
import type { Pump, Task } from "./Work.ts";

export interface EngineParts {
  readonly host: EngineHost;
  readonly limits: EngineLimits;
  readonly tasks?: Readonly<Record<string, () => Promise<Task>>>;
  readonly pumps?: readonly (() => Promise<Pump>)[];
}

const firstPause = 1000;
const longestPause = 60_000;
/** An environment that rests so long need not be awake. */
const longRest = 60_000;
/** Databases of sleeping environments that are looked into at the same time. */
const mostLooks = 2;

/**
 * Does what environments have to do without being asked: each works in shifts, of which there are only so many at the
 * same time, and costs a timer in between. docs/concepts/engine.md
 */
export class Engine {
  readonly #host: EngineHost;
  readonly #limits: EngineLimits;
  readonly #taskParts: Readonly<Record<string, () => Promise<Task>>>;
  readonly #pumpParts: readonly (() => Promise<Pump>)[];
  readonly #charges = new Map<string, Charge>();
  /** Who waits for a place, in the order in which they are given one. */
  readonly #line: Charge[] = [];
  readonly #working = new Set<Charge>();
  readonly #looks: Charge[] = [];
  readonly #underWay = new Set<Promise<void>>();
  readonly #end = new AbortController();
  readonly #entered = new WeakMap<Environment, number>();
  readonly #tasks = new Map<string, Promise<Task>>();
  #pumps: Promise<readonly Pump[]> | null = null;
  /** Places taken, and shifts that only end what they began. */
  #taken = 0;
  #leaving = 0;
  #looking = 0;
  #isStopping = false;

  constructor({ host, limits, tasks = taskParts, pumps = pumpParts }: EngineParts) {
    this.#host = host;
    this.#limits = limits;
    this.#taskParts = tasks;
    this.#pumpParts = pumps;
  }

  get atWork(): number {
    return this.#taken + this.#leaving;
  }

  get inLine(): number {
    return this.#line.length;
  }

  /** Jobs as they were when their environments were last looked at. */
  get jobs(): { readonly waiting: number; readonly failed: number } {
    let [waiting, failed] = [0, 0];
    for (const { look } of this.#charges.values()) {
      waiting += look.waiting;
      failed += look.failed;
    }
    return { waiting, failed };
  }

  /**
   * An environment has work, in the database of the address: it is begun at once. Without an address, after a start of
   * the runtime, it is begun somewhen within the first minute.
   */
  enlist(id: string, url: string | null): void {
    const charge = this.#charges.get(id) ?? new Charge(id);
    this.#charges.set(id, charge);
    if (url === null) {
      charge.wakeIn(Math.random() * 1000 * this.#limits.resumeSeconds, () => this.#call(charge));
      return;
    }
    // Another release may have other work.
    charge.questions = null;
    if (charge.isWorking && charge.database?.url !== url) {
      charge.isMoved = true;
      charge.shift?.end();
    } else this.#call(charge);
  }

  /** It has none any more, or is not served here. */
  dismiss(id: string): void {
    const charge = this.#charges.get(id);
    if (!charge) return;
    this.#charges.delete(id);
    charge.sleepOn();
    charge.shift?.end();
  }

  /** There may be something to do. */
  poke(id: string): void {
    const charge = this.#charges.get(id);
    if (!charge) return;
    charge.isExpected = true;
    this.#call(charge);
  }

  /** Begins nothing more and waits for what is under way; after so long it is told to end and left to others. */
  async stop(seconds: number): Promise<void> {
    this.#isStopping = true;
    this.#line.length = 0;
    this.#looks.length = 0;
    for (const charge of this.#charges.values()) {
      charge.sleepOn();
      charge.shift?.end();
    }
    const abort = setTimeout(() => this.#end.abort(), 1000 * seconds);
    await Promise.all(this.#underWay);
    clearTimeout(abort);
  }

  #call(charge: Charge): void {
    if (this.#isStopping) return;
    charge.isPoked = true;
    if (charge.shift) charge.shift.poke();
    if (charge.isWaiting || charge.isWorking) return;
    charge.isWaiting = true;
    charge.sleepOn();
    this.#line.push(charge);
    this.#givePlaces();
  }

  #givePlaces(): void {
    while (this.#taken < this.#limits.environments) {
      const charge = this.#line.shift();
      if (!charge) return;
      charge.isWaiting = false;
      if (this.#charges.get(charge.id) === charge) this.#follow(this.#work(charge));
    }
    // Those who only wait for more to do go first.
    if (this.#line.length > 0) for (const { shift } of this.#working) shift?.reconsider();
  }

  #follow(work: Promise<void>): void {
    const followed = work.finally(() => this.#underWay.delete(followed));
    this.#underWay.add(followed);
  }

  async #work(charge: Charge): Promise<void> {
    charge.isWorking = true;
    charge.isMoved = false;
    this.#working.add(charge);
    this.#taken += 1;
    let isLeaving = false;
    /** Gives the place on while the last jobs end; only so many may do so. */
    const leave = () => {
      charge.isPoked = false;
      if (this.#leaving >= this.#limits.environments) return;
      isLeaving = true;
      this.#taken -= 1;
      this.#leaving += 1;
      this.#givePlaces();
    };
    try {
      charge.next = await this.#shift(charge, leave);
      charge.failures = 0;
    } catch (error) {
      charge.next = Date.now() + Math.min(firstPause * 2 ** charge.failures, longestPause);
      charge.failures += 1;
      charge.isPoked = false;
      if (failureKind(error) === "full") await this.#makeRoom(charge.id);
      if (error instanceof LostError) log("warn", error.message, { environment: charge.id });
      else logDefect("The work of an app could not go on.", error, { environment: charge.id });
    }
    charge.shift = null;
    charge.isWorking = false;
    this.#working.delete(charge);
    if (isLeaving) this.#leaving -= 1;
    else this.#taken -= 1;
    if (this.#charges.get(charge.id) === charge) {
      if (charge.isPoked || charge.isMoved) this.#call(charge);
      else this.#rest(charge);
    }
    this.#givePlaces();
  }

  /** One shift of an environment; answers when the next is due. */
  async #shift(charge: Charge, leave: () => void): Promise<number | null> {
    const { id } = charge;
    const pumps = await this.#loadedPumps();
    const found = await this.#within(id, async (environment) => ({
      environment,
      others: this.#othersIn(environment),
      url: environment.spec.databaseUrl,
      questions: questionsOf(pumps.filter((pump) => pump.isNeeded(environment))),
    }));
    if (!found) {
      this.dismiss(id);
      return null;
    }
    const { environment, others, url, questions } = found;
    // What the library remembers is true of one database.
    if (charge.database?.url !== url) charge.database = { url, memory: queueMemory(this.#limits.jobs) };
    charge.questions = questions;
    const shift = new Shift({
      id,
      ...charge.database,
      pumps,
      tasks: Object.keys(this.#taskParts).filter((name) => taskNeeds[name]?.(environment) ?? true),
      task: (name) => this.#task(name),
      within: (work) => this.#within(id, work),
      signal: this.#end.signal,
      isCrowded: () => this.#line.length > 0,
      lingers: () => charge.isExpected,
      limits: this.#limits,
    });
    charge.shift = shift;
    // What happened while there was no shift to be told.
    if (this.#isStopping || charge.isMoved || this.#charges.get(id) !== charge) return null;
    const { next, look } = await shift.run(leave);
    charge.look = look;
    charge.isExpected = false;
    await this.#leave(environment, { others, next });
    return next;
  }

  /** The server takes no more connections: those that idle here are ended. */
  async #makeRoom(id: string): Promise<void> {
    await this.#within(id, ({ database }) => database.makeRoom()).catch(() => {});
  }

  /** Whatever the engine enters is counted, to tell it from the requests of others. */
  #within<Result>(id: string, work: (environment: Environment) => Promise<Result>): Promise<Result | null> {
    return this.#host.with(id, (environment) => {
      this.#entered.set(environment, (this.#entered.get(environment) ?? 0) + 1);
      return work(environment);
    });
  }

  /** How often others have ever entered. */
  #othersIn(environment: Environment): number {
    return environment.entered - (this.#entered.get(environment) ?? 0);
  }

  /** Leaves behind no connections that nobody else uses, and asleep what nobody has woken otherwise. */
  async #leave(
    environment: Environment,
    { others, next }: { readonly others: number; readonly next: number | null },
  ): Promise<void> {
    const now = this.#othersIn(environment);
    if (now > others) return;
    if (now === 0 && (next === null || next > Date.now() + longRest)) this.#host.rest(environment);
    else await environment.database.closeIdle({ atOnce: true });
  }

  /** Until something is due, or it is time to look. */
  #rest(charge: Charge): void {
    if (this.#isStopping) return;
    const sweep = 1000 * this.#limits.sweepSeconds * (0.75 + Math.random() / 2);
    const due = charge.next === null ? Number.POSITIVE_INFINITY : Math.max(charge.next - Date.now(), 0);
    if (due <= sweep) charge.wakeIn(due, () => this.#call(charge));
    else
      charge.wakeIn(sweep, () => {
        this.#looks.push(charge);
        this.#giveLooks();
      });
  }

  #giveLooks(): void {
    while (this.#looking < mostLooks) {
      const charge = this.#looks.shift();
      if (!charge) return;
      if (this.#charges.get(charge.id) !== charge || charge.isWaiting || charge.isWorking) continue;
      this.#looking += 1;
      this.#follow(
        this.#look(charge).finally(() => {
          this.#looking -= 1;
          this.#giveLooks();
        }),
      );
    }
  }

  /** What other programs, or runtimes that are gone, have left to do. */
  async #look(charge: Charge): Promise<void> {
    const { database, questions } = charge;
    if (!database || !questions) return this.#call(charge);
    try {
      const tasks = Object.keys(this.#taskParts);
      const { look, isWaiting } = await lookAt({ url: database.url, tasks, questions });
      charge.look = look;
      const next = look.next?.getTime() ?? null;
      if (next !== null && (charge.next === null || next < charge.next)) charge.next = next;
      if (isWaiting) return this.#call(charge);
    } catch (error) {
      logDefect("A sleeping app could not be looked at.", error, { environment: charge.id });
    }
    if (!charge.isWaiting && !charge.isWorking) this.#rest(charge);
  }

  #loadedPumps(): Promise<readonly Pump[]> {
    this.#pumps ??= Promise.all(this.#pumpParts.map((load) => load())).catch((error: unknown) => {
      this.#pumps = null;
      throw error;
    });
    return this.#pumps;
  }

  async #task(name: string): Promise<Task> {
    const known = this.#tasks.get(name);
    if (known) return known;
    const load = this.#taskParts[name];
    if (!load) throw new Error(`There is no task ${name}.`);
    const task = load();
    this.#tasks.set(name, task);
    task.catch(() => this.#tasks.delete(name));
    return task;
  }
}

/** Null where a pump has none: only it knows then. */
function questionsOf(pumps: readonly Pump[]): readonly string[] | null {
  const questions = pumps.flatMap(({ waiting }) => waiting ?? []);
  return questions.length === pumps.length ? questions : null;
}
