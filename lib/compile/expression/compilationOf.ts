import { type Access, fullAccess } from "../../plan/access/Access.ts";
import type { Catalog } from "../../plan/catalog/Catalog.ts";
import { Compilation } from "../read/Scope.ts";
import { expressionSql } from "./expressionSql.ts";

/** Begins the compilation of one statement. */
export function compilationOf(catalog: Catalog, access: Access = fullAccess): Compilation {
  return new Compilation({ catalog, access, toSql: expressionSql });
}
