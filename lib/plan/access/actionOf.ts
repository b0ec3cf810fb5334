import type { Plan } from "../types.ts";

/** The name of the action that a plan is. */
export function actionOf(shape: Plan["shape"]): string {
  if ("action" in shape && typeof shape.action === "string") return shape.action;
  switch (shape.kind) {
    case "create":
    case "createMany":
    case "upsert":
      return "create";
    case "update":
    case "updateMany":
      return "update";
    case "destroy":
    case "destroyMany":
      return "destroy";
    default:
      return "read";
  }
}
