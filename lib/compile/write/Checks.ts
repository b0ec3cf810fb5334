import { call, caseOf, constant, text } from "../../sql/build.ts";
import type { Expression } from "../../sql/Sql.ts";
import type { Check, Refusal } from "./Check.ts";

const separator = text(",");

/** The checks of one statement. Every refusal has a number, by which the statement tells what it refused. */
export class Checks {
  readonly refusals: Refusal[] = [];
  readonly #columns: Expression[] = [];

  get isEmpty(): boolean {
    return this.#columns.length === 0;
  }

  add({ condition, refusal, cases = [] }: Check): void {
    const branches = cases.map(({ when, refusal: told }) => ({ when, value: this.#number(told) }));
    this.#columns.push(caseOf([{ when: condition, value: constant(null) }, ...branches], this.#number(refusal)));
  }

  /** The numbers of what is refused, such as `1,4`; null where nothing is. */
  get failed(): Expression {
    return call("nullif", call("concat_ws", separator, ...this.#columns), text(""));
  }

  #number(refusal: Refusal): Expression {
    return text(String(this.refusals.push(refusal) - 1));
  }
}

/** Undoes the statement where there is something that was refused; null otherwise. */
export function refuse(failed: Expression): Expression {
  return call("public.gantry_refuse", failed);
}
