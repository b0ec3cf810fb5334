import type { AppApi, Cors, GraphqlSettings, Rate, RateLimits } from "../types.ts";
import { plain, refuseKind } from "./literals.ts";
import type { At } from "./OptionReader.ts";
import { OptionReader } from "./OptionReader.ts";
import { present } from "./present.ts";
import type { Expression } from "./syntax.ts";

/** What an app can say of its APIs, in the order in which it is written. */
const appApiOptions = ["format", "rateLimits", "cors", "graphql"] as const;

const rateLimitOptions = ["actor", "key", "environment"] as const;

/** Reads `{ format: "jsonApi", rateLimits: { actor: { requests: 100, seconds: 60 } }, cors: { origins: [...] } }`. */
export function readAppApi(node: Expression | undefined, at: At): AppApi | undefined {
  const options = node && objectReader(node, at, { allowed: appApiOptions, of: "`api` of an app" });
  if (!options) return undefined;
  const api: AppApi = present({
    format: readFormat(options),
    rateLimits: readRateLimits(options),
    cors: readCors(options),
    graphql: readGraphql(options),
  });
  return someParts(api);
}

function readFormat(options: OptionReader): "jsonApi" | undefined {
  const node = options.node("format");
  const format = options.text("format");
  if (format === undefined || format === "jsonApi") return format;
  const { reading, path } = options.at("format");
  if (node) reading.refuse("wrong_type", node, path, 'Write "jsonApi" here, or leave `format` out for plain JSON.');
  return undefined;
}

function readRateLimits(options: OptionReader): RateLimits | undefined {
  const node = options.node("rateLimits");
  const limits =
    node && objectReader(node, options.at("rateLimits"), { allowed: rateLimitOptions, of: "`rateLimits`" });
  if (!limits) return undefined;
  const rates: RateLimits = present({
    actor: readRate("actor", limits),
    key: readRate("key", limits),
    environment: readRate("environment", limits),
  });
  return someParts(rates);
}

function readRate(name: (typeof rateLimitOptions)[number], limits: OptionReader): Rate | undefined {
  const node = limits.node(name);
  const at = limits.at(name);
  const rate = node && objectReader(node, at, { allowed: ["requests", "seconds"], of: "A rate" });
  if (!node || !rate) return undefined;
  const [requests, seconds] = [rate.count("requests"), rate.count("seconds")];
  if (requests !== undefined && seconds !== undefined) return { requests, seconds };
  if (!rate.node("requests") || !rate.node("seconds")) {
    at.reading.refuse("missing_option", node, at.path, "Say both: `{ requests: 100, seconds: 60 }`.");
  }
  return undefined;
}

function readCors(options: OptionReader): Cors | undefined {
  const node = options.node("cors");
  const at = options.at("cors");
  const cors = node && objectReader(node, at, { allowed: ["origins", "maxAge"], of: "`cors`" });
  if (!node || !cors) return undefined;
  const origins = cors.texts("origins");
  if (origins) return { origins, ...present({ maxAge: cors.count("maxAge") }) };
  if (!cors.node("origins")) {
    at.reading.refuse("missing_option", node, at.path, 'Name the origins: `origins: ["https://shop.example"]`.');
  }
  return undefined;
}

function readGraphql(options: OptionReader): GraphqlSettings | undefined {
  const node = options.node("graphql");
  const allowed = ["introspection", "maxDepth", "maxCost", "persistedOnly"];
  const graphql = node && objectReader(node, options.at("graphql"), { allowed, of: "`graphql`" });
  if (!graphql) return undefined;
  const settings: GraphqlSettings = present({
    introspection: graphql.flag("introspection") === false ? false : undefined,
    maxDepth: graphql.count("maxDepth"),
    maxCost: graphql.count("maxCost"),
    persistedOnly: graphql.flag("persistedOnly") || undefined,
  });
  return someParts(settings);
}

function objectReader(
  node: Expression,
  at: At,
  options: { readonly allowed: readonly string[]; readonly of: string },
): OptionReader | undefined {
  const object = plain(node);
  if (object.type === "ObjectExpression") return new OptionReader(object, at, options);
  refuseKind(node, at.reading, at.path, `Write ${options.of} in \`{ }\` here.`);
  return undefined;
}

function someParts<T extends object>(parts: T): T | undefined {
  return Object.keys(parts).length === 0 ? undefined : parts;
}
