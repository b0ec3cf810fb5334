import type { JsonValue } from "#lib/model/types.ts";
import type { ChangeEvent } from "./ChangeEvent.ts";

/** CloudEvents 1.0 in JSON. */
export interface CloudEvent {
  readonly specversion: "1.0";
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly subject: string;
  readonly time: string;
  readonly datacontenttype: "application/json";
  /** Events with equal ones are told in their order. */
  readonly partitionkey: string;
  readonly data: JsonValue;
}

/** An event as it is told outside; of a change with the record, of what a process tells with its data alone. */
export function cloudEventOf(event: ChangeEvent, label: string): CloudEvent {
  const { id, type, resource, key, at, record, previous, changed, action, actor } = event;
  const subject = resource === null ? `runs/${key}` : `${resource}/${key}`;
  const who = actor && { kind: actor.kind, id: actor.id };
  return {
    specversion: "1.0",
    id,
    source: `/apps/${label}`,
    type,
    subject,
    time: at,
    datacontenttype: "application/json",
    partitionkey: subject,
    data: resource === null ? record : { record, previous, changed, action, actor: who },
  };
}
