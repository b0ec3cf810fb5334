import type { JsonValue } from "#lib/model/types.ts";

export type JsonObject = Readonly<Record<string, JsonValue>>;

/** A place among the events of an environment; see the change feed's. */
export interface EventPosition {
  readonly txid: bigint;
  readonly id: bigint;
}

/** Something that happened to a record, or that a process of the app has told of. */
export interface ChangeEvent {
  /** A UUID (version 7); the same however often the event is told. */
  readonly id: string;
  readonly position: EventPosition;
  /** The transaction that made it, as a number of PostgreSQL. */
  readonly madeBy: bigint;
  readonly kind: "created" | "updated" | "destroyed" | "emitted";
  /** Name of the resource; null for what a process tells of. */
  readonly resource: string | null;
  /** The record's key as a text; of what a process tells of the run. Events of one key are told in their order. */
  readonly key: string;
  /** `deal.updated`, or as the process says, such as `deal.escalated`. */
  readonly type: string;
  /** Name of the resource's action that did it; null for what cascades, stored fields and other programs do. */
  readonly action: string | null;
  /** Null where another program made the change. */
  readonly actor: EventActor | null;
  /** RFC 3339 in UTC. */
  readonly at: string;
  /**
   * The record's plain fields after the change as the APIs show them, without sensitive and encrypted ones; null once it
   * is destroyed. Of what a process tells of its data.
   */
  readonly record: JsonObject | null;
  /** The same before the change; null where there was no record. */
  readonly previous: JsonObject | null;
  /** Names of the fields that have another value than before, and of relationships with other links; also sensitive ones. */
  readonly changed: readonly string[];
  /** The run of a process that made the change. */
  readonly cause: EventCause | null;
}

export interface EventCause {
  /** Id of the run. */
  readonly run: string;
  /** How many runs led to that run. */
  readonly depth: number;
}

export interface EventActor {
  readonly kind: string;
  readonly id: string | null;
  /** What starts by changes ask of it besides, such as `role`; not for anybody else. */
  readonly facts: JsonObject;
}
