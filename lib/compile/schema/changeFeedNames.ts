/** Where the changes of all resources with a change feed stand until their readers have long had them. */
export const changesTable = "gantry_changes";
/** What is known of the feed as a whole: up to where changes were swept away, and until when somebody listens. */
export const feedTable = "gantry_feed";
/** What changes are told on while somebody listens. */
export const changesChannel = "gantry_changes";
/** Names of rows of the feed's table. */
export const feedRows = { swept: "swept", listening: "listening" } as const;

/** Notes one change: the stored name of the resource, the key, what happened, and the row as it was. */
export const noteFunction = "gantry_note_change";
export const recordFunction = "gantry_feed_change";
export const linkFunction = "gantry_feed_link";
export const sweepFunction = "gantry_sweep_changes";

/** Notes one change as an event: besides, the row as it is now, and the relationship whose links have changed. */
export const noteEventFunction = "gantry_note_event";
export const recordEventFunction = "gantry_event_change";
export const linkEventFunction = "gantry_event_link";
/** Events that a consumer could not take. */
export const parkedTable = "gantry_parked_events";
/** Rows of the feed's table that say how far those who take events are begin with it. */
export const consumerPrefix = "consumer:";

export const changeFeedPath: readonly string[] = ["changeFeed"];

const noteSignature = "text, text, text, jsonb";

/**
 * What begins a function that notes changes. Tables that the model has no longer keep their triggers when the feed itself
 * is gone.
 */
export const unlessGone = `IF to_regprocedure('public.${noteFunction}(${noteSignature})') IS NULL THEN
    RETURN NULL;
  END IF;`;

export const eventsPath: readonly string[] = ["events"];

const noteEventSignature = "text, text, text, jsonb, jsonb, text";

/** The same of events. */
export const unlessEventsGone = `IF to_regprocedure('public.${noteEventFunction}(${noteEventSignature})') IS NULL THEN
    RETURN NULL;
  END IF;`;
