import type { Model } from "../../model/types.ts";
import type { SchemaFunction, Table } from "../../sql/ddl/Schema.ts";
import { changeFeedSchema } from "./changeFeedSchema.ts";
import { endpointsSchema, hooksSchema } from "./endpointsSchema.ts";
import { historySchema } from "./historySchema.ts";
import { onceSchema } from "./onceSchema.ts";
import { processSchema } from "./processSchema.ts";
import { refusalSchema } from "./refusalSchema.ts";
import { scheduleSchema } from "./scheduleSchema.ts";
import { signInSchema } from "./signInSchema.ts";
import { usersSchema } from "./usersSchema.ts";

/** Tables and functions that no resource is, but features need; their names begin with `gantry_`. */
export interface SystemParts {
  readonly tables: readonly Table[];
  readonly functions: readonly SchemaFunction[];
}

export function systemParts(model: Model): SystemParts {
  const parts: readonly SystemParts[] = [
    historySchema(model),
    refusalSchema(model),
    onceSchema(model),
    changeFeedSchema(model),
    processSchema(model),
    scheduleSchema(model),
    endpointsSchema(model),
    hooksSchema(model),
    usersSchema(model),
    signInSchema(model),
  ];
  return {
    tables: parts.flatMap(({ tables }) => tables),
    functions: parts.flatMap(({ functions }) => functions),
  };
}
