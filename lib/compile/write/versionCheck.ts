import type { ParameterRef } from "../../plan/types.ts";
import { binary, parameter } from "../../sql/build.ts";
import type { Scope } from "../read/Scope.ts";
import type { Check } from "./Check.ts";

/** That the record is still at the version that the caller made its change from. */
export function versionCheck(before: Scope, version: ParameterRef | undefined): readonly Check[] {
  const { versioned } = before.entity.resource.features ?? {};
  if (!versioned || version === undefined) return [];
  const message = "The record has changed since. Read it again and make the change anew.";
  return [
    {
      condition: binary(before.column(versioned.column), "=", parameter(version, "bigint")),
      refusal: { code: "version_mismatch", error: { field: "version", rule: "version", message } },
    },
  ];
}
