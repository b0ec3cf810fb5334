import type { GraphQLSchema } from "graphql";
import { AppError, type FieldError } from "#lib/errors/AppError.ts";
import type { Catalog } from "#lib/plan/catalog/Catalog.ts";
import { maxConditions } from "#lib/plan/read/limits.ts";
import type { GraphqlApp } from "../GraphqlApp.ts";
import type { FieldContext } from "./collectFields.ts";
import { ParameterSources } from "./ParameterSources.ts";

const mostShown = 2000;

/** The plan of one root field while it is made: what it may look up, the caller's values so far, and all that is wrong. */
export class Planning {
  readonly catalog: Catalog;
  readonly schema: GraphQLSchema;
  readonly fields: FieldContext;
  readonly parameters = new ParameterSources();
  readonly #errors: FieldError[] = [];
  #conditions = 0;
  #shown = 0;

  constructor({ catalog, schema }: GraphqlApp, fields: FieldContext) {
    this.catalog = catalog;
    this.schema = schema;
    this.fields = fields;
  }

  /** Notes what is wrong with an argument; everything is told at once by `check`. */
  refuse(error: FieldError): void {
    this.#errors.push(error);
  }

  /** Fragments multiply what a short document asks for. */
  countField(): void {
    this.#shown++;
    if (this.#shown > mostShown) {
      throw new AppError("invalid_request", `A field shows at most ${mostShown} others. Ask in several operations.`);
    }
  }

  countCondition(): void {
    this.#conditions++;
    if (this.#conditions > maxConditions) {
      throw new AppError(
        "invalid_request",
        `A filter holds at most ${maxConditions} conditions. Ask in several requests.`,
      );
    }
  }

  /** The value of an argument that the shape of the plan depends on. */
  pin(value: unknown): unknown {
    return this.fields.variables.pin(value);
  }

  /** Throws what was refused. */
  check(): void {
    if (this.#errors.length > 0) {
      throw new AppError("invalid_input", "Some arguments are not acceptable.", { fields: this.#errors });
    }
  }
}
