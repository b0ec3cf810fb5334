import type { EventCause } from "../../events/ChangeEvent.ts";
import type { Run } from "../Run.ts";

/** What a run's changes are caused by. */
export function causeOf({ id, depth }: Run): EventCause {
  return { run: id, depth };
}
