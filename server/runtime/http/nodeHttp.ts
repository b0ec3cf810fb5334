/**
 * Node's HTTP module as it is. An import would ask for all its names, one of which (`WebSocket`) loads the whole client
 * of the fetch API: 14 MiB and as long as the rest of Node takes to start.
 */
export const { createServer, STATUS_CODES } = process.getBuiltinModule("node:http");
