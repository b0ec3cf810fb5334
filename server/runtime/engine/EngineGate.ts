import type { Engine } from "./Engine.ts";
import { defaultEngineLimits, type EngineHost, type EngineLimits } from "./EngineHost.ts";

/** Keeps the engine out of programs whose apps have no work: it is loaded with the first environment that has. */
export class EngineGate {
  readonly #host: EngineHost;
  readonly #limits: EngineLimits;
  #engine: Engine | null = null;
  #loading: Promise<Engine> | null = null;

  constructor(host: EngineHost, limits: Partial<EngineLimits> = {}) {
    this.#host = host;
    this.#limits = { ...defaultEngineLimits, ...limits };
  }

  /** Null while no environment has work. */
  get engine(): Engine | null {
    return this.#engine;
  }

  /** An environment has work, in the database of the address; null looks there somewhen soon. */
  enlist(id: string, url: string | null): void {
    this.#loading ??= this.#load();
    this.#tell((engine) => engine.enlist(id, url));
  }

  dismiss(id: string): void {
    this.#tell((engine) => engine.dismiss(id));
  }

  poke(id: string): void {
    this.#tell((engine) => engine.poke(id));
  }

  async stop(seconds: number): Promise<void> {
    await (await this.#loading)?.stop(seconds);
  }

  /** At once where it is there, else in the order in which it was told. */
  #tell(what: (engine: Engine) => void): void {
    if (this.#engine) what(this.#engine);
    else this.#loading?.then(what).catch(() => {});
  }

  async #load(): Promise<Engine> {
    const { Engine } = await import("./Engine.ts");
    this.#engine = new Engine({ host: this.#host, limits: this.#limits });
    return this.#engine;
  }
}
