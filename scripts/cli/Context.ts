import type { PlaceOptions } from "./project/Place.ts";
import type { Terminal } from "./terminal/Terminal.ts";

/** What every command is given beside its own parameters. */
export interface Context {
  readonly terminal: Terminal;
  readonly place: PlaceOptions;
}
