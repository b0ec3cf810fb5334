import type { Model, Resource } from "../../model/types.ts";
import type { SchemaFunction } from "../../sql/ddl/Schema.ts";
import type { SystemParts } from "./systemParts.ts";

/** SQLSTATE of a change that its own checks have refused; the detail says which. */
export const refusedCode = "GT001";

/** What statements call to undo themselves: null is nothing to refuse, and then it is not even called. */
const refuse: SchemaFunction = {
  name: "gantry_refuse",
  path: ["refusals"],
  definition: `(failed text) RETURNS text LANGUAGE plpgsql STRICT SET search_path = pg_catalog AS $gantry$
BEGIN
  RAISE EXCEPTION 'refused' USING ERRCODE = '${refusedCode}', DETAIL = failed;
END
$gantry$`,
};

/** The function that undoes a change; none while no resource checks any. */
export function refusalSchema({ resources }: Model): SystemParts {
  return { tables: [], functions: resources.some(checksChanges) ? [refuse] : [] };
}

function checksChanges({ validations, states, policies, definedActions, features }: Resource): boolean {
  const parts = [validations, states, policies, definedActions, features?.tenant, features?.versioned];
  return parts.some((part) => part !== undefined);
}
