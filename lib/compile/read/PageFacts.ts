import type { ListShape, PageMember } from "../../plan/types.ts";
import { aggregate, as, binary, call, caseOf, column, constant } from "../../sql/build.ts";
import type { Expression, SelectColumn } from "../../sql/Sql.ts";
import type { JsonPart } from "./JsonPart.ts";
import type { PageScope } from "./PageScope.ts";

type PageFact = Exclude<PageMember["kind"], "constant">;

/** What can be said of a page once its rows, and one row more, have been cut out. */
export class PageFacts {
  readonly #list: ListShape;
  readonly #page: PageScope;
  readonly #cursor: Expression;
  readonly #alias: string;
  readonly #sums = new Map<string, Expression>();

  /** `alias` names the row of sums; `cursor` is the cursor of each row of the page. */
  constructor(list: ListShape, options: { page: PageScope; cursor: Expression; alias: string }) {
    this.#list = list;
    this.#page = options.page;
    this.#cursor = options.cursor;
    this.#alias = options.alias;
  }

  /** Aggregates over the page that the facts asked for stand on. */
  get sums(): readonly SelectColumn[] {
    return [...this.#sums].map(([name, expression]) => as(name, expression));
  }

  part(fact: PageFact, name: string): JsonPart {
    const type = fact === "hasNext" || fact === "hasPrevious" ? "boolean" : "token";
    return { kind: "value", as: name, type, expression: this.#of(fact) };
  }

  #of(fact: PageFact): Expression {
    const { fromEnd } = this.#list.page;
    switch (fact) {
      case "next":
        return fromEnd ? this.#cursorBack("before") : this.#cursorOnward("before");
      case "previous":
        return fromEnd ? this.#cursorOnward("after") : this.#cursorBack("after");
      case "start":
        return fromEnd ? this.#far() : this.#near();
      case "end":
        return fromEnd ? this.#near() : this.#far();
      case "hasNext":
        return fromEnd ? this.#bounded("before") : this.#more("before");
      case "hasPrevious":
        return fromEnd ? this.#more("after") : this.#bounded("after");
    }
  }

  /** To go on the way the page was cut, past its last row; the other bound tells that there is more all the same. */
  #cursorOnward(bound: "after" | "before"): Expression {
    if (this.#list.page[bound]) return this.#far();
    const last = this.#sum("onward", this.#at(constant(this.#list.page.size)));
    return caseOf([{ when: this.#overflow(), value: last }], constant(null));
  }

  /** To go back where the page began: there is something there if it began at a cursor. */
  #cursorBack(bound: "after" | "before"): Expression {
    return this.#list.page[bound] ? this.#near() : constant(null);
  }

  #more(bound: "after" | "before"): Expression {
    return this.#list.page[bound] ? constant(true) : this.#overflow();
  }

  #bounded(bound: "after" | "before"): Expression {
    return constant(this.#list.page[bound] !== null);
  }

  #overflow(): Expression {
    return this.#sum("overflow", binary(aggregate("count", null), ">", constant(this.#list.page.size)));
  }

  #near(): Expression {
    return this.#sum("near", this.#at(constant(1)));
  }

  #far(): Expression {
    return this.#sum("far", this.#at(call("least", this.#page.total, constant(this.#list.page.size))));
  }

  #at(number: Expression): Expression {
    return aggregate("max", this.#cursor, { filter: binary(this.#page.number, "=", number) });
  }

  #sum(name: string, expression: Expression): Expression {
    this.#sums.set(name, expression);
    return column(this.#alias, name);
  }
}

/** Whether one row more than the page has to be looked at. */
export function looksAhead({ output }: ListShape): boolean {
  if (output.kind === "array") return false;
  return output.members.some(
    (member) =>
      member.kind === "page" &&
      member.members.some(({ kind }) => kind !== "constant" && kind !== "start" && kind !== "end"),
  );
}
