import type { Connection, ConnectionAuthorization } from "../processTypes.ts";
import { readString, stringValue } from "./literals.ts";
import type { At } from "./OptionReader.ts";
import { OptionReader, readSection } from "./OptionReader.ts";
import { present } from "./present.ts";
import { optionsArgument, readCall } from "./readCall.ts";
import { someOf } from "./someOf.ts";
import type { Expression } from "./syntax.ts";

const connectionKinds = ["http", "model"] as const satisfies readonly Connection["kind"][];

const authorizationBuilders = [
  "bearer",
  "basic",
  "header",
] as const satisfies readonly ConnectionAuthorization["kind"][];

/** What a connection can say, in the order in which it is written. */
const connectionOptions = {
  http: ["url", "authorization", "describe"],
  model: ["url", "model", "authorization", "describe"],
} as const satisfies Record<Connection["kind"], readonly string[]>;

/** Reads `{ shop: http({ url: "https://...", authorization: bearer("SHOP_TOKEN") }), assistant: model({ ... }) }`. */
export function readConnections(node: Expression | undefined, at: At): readonly Connection[] | undefined {
  return node && someOf(readSection(node, at, readConnection));
}

function readConnection(name: string, node: Expression, at: At): Connection | null {
  const { reading, path } = at;
  const expected = '`http({ url: "https://..." })` or `model({ url: "https://...", model: "..." })`';
  const call = readCall(node, reading, { path, allowed: connectionKinds, expected });
  const kind = connectionKinds.find((candidate) => candidate === call?.name);
  if (!call || !kind) return null;
  const object = optionsArgument(call, 0, reading, path);
  const options = new OptionReader(object, at, { allowed: connectionOptions[kind], of: `\`${kind}\`` });
  if (!options.node("url")) {
    const message = 'Say where it is: `url: "https://..."`, or `url: secret("NAME")` where a secret says so.';
    reading.refuse("missing_option", call.node, [...path, "url"], message);
  }
  return {
    name,
    ...present({ describe: options.text("describe") }),
    kind,
    ...readUrl(options),
    ...present({ authorization: readAuthorization(options), model: options.text("model") }),
  };
}

/** `"https://..."`, or `secret("SHOP_URL")`. */
function readUrl(options: OptionReader): Pick<Connection, "url" | "urlSecret"> {
  const node = options.node("url");
  if (!node) return {};
  const { reading, path } = options.at("url");
  if (stringValue(node) !== null) return present({ url: readString(node, reading, path) ?? undefined });
  const expected = 'the address in quotes, or `secret("SHOP_URL")`,';
  const call = readCall(node, reading, { path, allowed: ["secret"], expected });
  const [secret] = call
    ? readTexts(call.args, 1, { node: call.node, reading, path, example: 'secret("SHOP_URL")' })
    : [];
  return present({ urlSecret: secret });
}

function readAuthorization(options: OptionReader): ConnectionAuthorization | undefined {
  const node = options.node("authorization");
  if (!node) return undefined;
  const { reading, path } = options.at("authorization");
  const expected = '`bearer("TOKEN")`, `basic("user", "PASSWORD")` or `header("X-Api-Key", "KEY")`';
  const call = readCall(node, reading, { path, allowed: authorizationBuilders, expected });
  const kind = authorizationBuilders.find((candidate) => candidate === call?.name);
  if (!call || !kind) return undefined;
  const at = { node: call.node, reading, path, example: expected };
  if (kind === "bearer") {
    const [secret] = readTexts(call.args, 1, at);
    return secret === undefined ? undefined : { kind, secret };
  }
  const [first, secret] = readTexts(call.args, 2, at);
  if (first === undefined || secret === undefined) return undefined;
  return kind === "basic" ? { kind, user: first, secret } : { kind, header: first, secret };
}

/** So many texts as arguments; none of them where one is missing or no text. */
function readTexts(
  args: readonly Expression[],
  count: number,
  { node, reading, path, example }: At & { readonly node: Expression; readonly example: string },
): readonly string[] {
  const extra = args[count];
  if (extra) reading.refuse("unknown_option", extra, path, "It takes nothing more. Remove this.");
  if (args.length < count) {
    reading.refuse("missing_option", node, path, `Write it as in ${example}.`);
    return [];
  }
  const texts = args.slice(0, count).map((argument) => readString(argument, reading, path));
  return texts.every((text) => text !== null) ? texts : [];
}
