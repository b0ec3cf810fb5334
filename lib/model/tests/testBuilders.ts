/** What tests are written with. */
export const testBuilders = [
  ...["tests", "test", "row", "ref", "anonymous", "service", "key", "user"],
  ...["get", "read", "create", "update", "destroy", "done", "rows", "refused"],
] as const;
