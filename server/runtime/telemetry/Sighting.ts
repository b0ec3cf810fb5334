import type { Plan } from "#lib/plan/types.ts";
import type { Caller } from "../auth/Callers.ts";
import type { Admission } from "../http/limits/Admission.ts";
import type { TraceContext } from "./TraceContext.ts";

type Shape = Plan["shape"];

/** What is seen of one request while it is answered; the one object that counting it costs. */
export class Sighting {
  /** What it was counted against; null where nothing is bounded. */
  admission: Admission | null = null;
  caller: Caller | null = null;
  /** Of the first plan that it came to. */
  shape: Shape | null = null;
  /** Of further ones, where it came to several. */
  further: Shape[] | null = null;
  statements = 0;
  /** ms in which plans of it were under way; several at the same time count each. */
  database = 0;
  /** Why it failed, where that was not foreseen. */
  failure: unknown = null;
  trace: TraceContext | null = null;

  ran(shape: Shape): void {
    this.statements += 1;
    if (this.shape === null) this.shape = shape;
    else if (this.further === null) this.further = [shape];
    else this.further.push(shape);
  }

  took(milliseconds: number): void {
    this.database += milliseconds;
  }
}
