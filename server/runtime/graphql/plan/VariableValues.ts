import type { getVariableValues } from "graphql";

/** Coerced variables as graphql-js hands them out and takes them back. */
export type VariableValues = NonNullable<ReturnType<typeof getVariableValues>["variableValues"]>;
