import { AppError } from "#lib/errors/AppError.ts";
import type { Entity } from "#lib/plan/catalog/Catalog.ts";
import { MethodError } from "../http/problemAnswer.ts";

/** 405 with the methods that the path does answer; HEAD is GET without the body. */
export function refusedMethod(methods: Readonly<Record<string, boolean>>): MethodError {
  const legal = Object.keys(methods).filter((method) => methods[method]);
  return new MethodError([...legal, ...(methods.GET ? ["HEAD"] : []), "OPTIONS"]);
}

export function noSuchRecord(entity?: Entity): never {
  throw new AppError("not_found", entity ? `There is no ${entity.name} with this key.` : "There is no such record.");
}

/** A path that leads nowhere, with the names that would have. */
export function noSuchName(message: string, allowed: readonly string[]): AppError {
  return new AppError("not_found", message, {
    fields: [{ field: "path", rule: "unknown", message: "Name one of these.", allowed }],
  });
}
