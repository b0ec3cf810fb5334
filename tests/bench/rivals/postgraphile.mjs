// PostGraphile 5 as a library, as its documentation shows it, with its recommended preset.
import { createServer } from "node:http";
import { postgraphile } from "postgraphile";
import { makePgService } from "postgraphile/adaptors/pg";
import { grafserv } from "postgraphile/grafserv/node";
import { PostGraphileAmberPreset } from "postgraphile/presets/amber";

const port = Number(process.env.PORT);
const preset = {
  extends: [PostGraphileAmberPreset],
  pgServices: [
    makePgService({ connectionString: process.env.DATABASE_URL, schemas: ["public"], poolConfig: { max: 10 } }),
  ],
  grafserv: { host: "127.0.0.1", port, graphqlPath: "/graphql", watch: false, graphiql: false },
  grafast: { explain: false },
};
const service = postgraphile(preset).createServ(grafserv);
const server = createServer();
await service.addTo(server);
await service.ready;
server.listen(port, "127.0.0.1", () => process.send?.("ready"));
process.once("disconnect", () => process.exit());
