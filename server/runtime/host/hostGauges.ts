import type { Server } from "node:http";
import type { Load } from "../http/Load.ts";
import type { Gauge } from "../http/Metrics.ts";
import type { StreamCount } from "../http/Streams.ts";
import type { Transfers } from "../http/Transfers.ts";
import type { Environments } from "./Environments.ts";

interface Watched {
  readonly environments: Environments;
  readonly load: Load;
  readonly transfers: Transfers;
  readonly streamCount: StreamCount;
  readonly server: Server;
}

/** What `/metrics` tells of the program as a whole. */
export function hostGauges({ environments, load, transfers, streamCount, server }: Watched): readonly Gauge[] {
  let connections = 0;
  server.on("connection", (socket) => {
    connections += 1;
    socket.once("close", () => {
      connections -= 1;
    });
  });
  let dropped = 0;
  server.on("drop", () => {
    dropped += 1;
  });
  return [
    { name: "gantry_environments", help: "Environments served.", value: () => environments.size },
    { name: "gantry_environments_awake", help: "Of them awake.", value: () => environments.awake.length },
    { name: "gantry_apps", help: "Different models among them.", value: () => environments.apps },
    { name: "gantry_connections", help: "Connections of callers.", value: () => connections },
    {
      name: "gantry_connections_refused",
      help: "Connections closed at once: there were too many.",
      value: () => dropped,
    },
    { name: "gantry_requests_under_way", help: "Requests under way.", value: () => load.requests },
    { name: "gantry_requests_refused", help: "Requests refused: too many were under way.", value: () => load.refused },
    { name: "gantry_streams", help: "Change feeds and subscriptions.", value: () => streamCount.open },
    {
      name: "gantry_transfers_slow",
      help: "Answers and bodies that wait for their callers.",
      value: () => transfers.size,
    },
    {
      name: "gantry_transfers_ended",
      help: "Answers and bodies given up: their callers were too slow.",
      value: () => transfers.ended,
    },
    {
      name: "gantry_database_requests",
      help: "Statements under way or waiting for a connection.",
      value: () => environments.awake.reduce((sum, { database }) => sum + database.pending, 0),
    },
    ...engineGauges(environments),
    { name: "gantry_resident_bytes", help: "Memory of this process.", value: () => process.memoryUsage.rss() },
    { name: "gantry_heap_bytes", help: "Of it what JavaScript uses.", value: () => process.memoryUsage().heapUsed },
  ];
}

/** What apps do without being asked; of jobs, as they were when their environments last worked or were looked at. */
function engineGauges({ engine: gate }: Environments): readonly Gauge[] {
  return [
    {
      name: "gantry_environments_at_work",
      help: "Environments that work by themselves.",
      value: () => gate.engine?.atWork ?? 0,
    },
    {
      name: "gantry_environments_in_line",
      help: "Environments that wait for their turn to work.",
      value: () => gate.engine?.inLine ?? 0,
    },
    {
      name: "gantry_jobs_waiting",
      help: "Jobs that wait, for their time or a turn.",
      value: () => gate.engine?.jobs.waiting ?? 0,
    },
    {
      name: "gantry_jobs_failed",
      help: "Jobs given up: their last attempt failed.",
      value: () => gate.engine?.jobs.failed ?? 0,
    },
  ];
}
