/** Whether a request wants its results as events (GraphQL over server-sent events, distinct connections mode). */
export function wantsEvents(accept: string | undefined): boolean {
  return accept?.includes("text/event-stream") === true;
}
