import { badge, copyable, element, rich } from "./dom.js";
import { exampleText, follow, membersView, parametersView } from "./schemas.js";

/** One operation: what it says on one side, what it looks like on the other. */
export function operationView(api, operation, { base, key }) {
  const body = operation.requestBody;
  const says = element(
    "div",
    { class: "says" },
    operation.parameters.length > 0 && [element("h4", {}, "Parameters"), parametersView(api, operation.parameters)],
    body && bodyView(api, body),
    element("h4", {}, "Answers"),
    ...Object.entries(operation.responses).map(([status, response]) => answerView(api, status, follow(api, response))),
  );
  const [status, response] = successOf(operation);
  const [mediaType, media] = Object.entries(follow(api, response).content ?? {})[0] ?? [];
  const shown = exampleText(api, media);
  const shows = element(
    "div",
    { class: "shows" },
    copyable("Request", curlOf(api, operation, base)),
    shown && copyable(`Answer ${status} ${mediaType}`, shown),
    tryView(api, operation, { base, key }),
  );
  return element(
    "article",
    { id: operation.operationId },
    element("h3", {}, operation.summary, operation.deprecated && badge("deprecated", "old")),
    element(
      "p",
      { class: "address" },
      element("span", { class: `method ${operation.method}` }, operation.method.toUpperCase()),
      " ",
      element("code", {}, operation.path),
    ),
    element("p", {}, rich(operation.description ?? "")),
    element("div", { class: "columns" }, says, shows),
  );
}

/** What a request usually comes to: of a POST that creates, what was created. */
function successOf({ method, responses }) {
  if (method === "post" && responses[201]) return ["201", responses[201]];
  return Object.entries(responses).find(([status]) => status.startsWith("2")) ?? ["", {}];
}

function bodyView(api, { content, required }) {
  const [[, media] = []] = Object.entries(content);
  const types = Object.keys(content).map((type) => `\`${type}\``);
  const may = required ? "" : " May be left out.";
  return [
    element("h4", {}, "Body"),
    element("p", { class: "quietly" }, rich(`${types.join(", ")}.${may}`)),
    media && membersView(api, media.schema),
  ];
}

function answerView(api, status, { description, headers = {}, content = {} }) {
  const names = Object.keys(headers).map((name) => `\`${name}\``);
  const types = Object.keys(content).map((type) => `\`${type}\``);
  const [media] = Object.values(content);
  const example = Number(status) >= 400 ? exampleText(api, media) : null;
  return element(
    "details",
    { class: Number(status) < 400 ? "good" : "bad" },
    element("summary", {}, element("code", {}, status), " ", element("span", {}, rich(description))),
    types.length > 0 && element("p", { class: "quietly" }, rich(`Content: ${types.join(", ")}.`)),
    names.length > 0 && element("p", { class: "quietly" }, rich(`Headers: ${names.join(", ")}.`)),
    media && Number(status) < 400 && membersView(api, media.schema),
    example && element("pre", { tabindex: "0" }, example),
  );
}

/** Examples of what must be given; what else there is, the reader adds. */
function pathOf(operation, { examples }) {
  const given = operation.parameters.filter((parameter) => parameter.in === "query" && parameter.required);
  const pairs = given.map(({ name, example }) => `${name}=${encodeURIComponent(String(example ?? "all"))}`);
  const path = operation.path.replace(/\{(\w+)\}/g, (whole, name) => {
    const parameter = operation.parameters.find((each) => each.in === "path" && each.name === name);
    return examples && parameter?.example !== undefined ? encodeURIComponent(parameter.example) : whole;
  });
  return pairs.length > 0 ? `${path}?${pairs.join("&")}` : path;
}

/** The media type in which a body is shown: JSON where that is understood. */
const bodyOf = (operation) => Object.entries(operation.requestBody?.content ?? {})[0] ?? [null, null];

function curlOf(api, operation, base) {
  const quoted = (text) => `'${text.replaceAll("'", "'\\''")}'`;
  const [mediaType, media] = bodyOf(operation);
  const headers = operation.parameters.filter((parameter) => parameter.in === "header" && parameter.required);
  const parts = [
    `curl ${operation.method === "get" ? "" : `-X ${operation.method.toUpperCase()} `}${quoted(base + pathOf(operation, { examples: true }))}`,
    '-H "Authorization: Bearer $API_KEY"',
    ...headers.map(({ name, example }) => `-H ${quoted(`${name}: ${example ?? ""}`)}`),
  ];
  if (mediaType) parts.push(`-H ${quoted(`Content-Type: ${mediaType.replace("*/*", "application/octet-stream")}`)}`);
  if (mediaType) parts.push(sent(exampleText(api, media), quoted));
  return parts.join(" \\\n  ");
}

const sent = (example, quoted) => (example === null ? "--data-binary @file" : `--data ${quoted(example)}`);

function tryView(api, operation, { base, key }) {
  const [mediaType, media] = bodyOf(operation);
  const isText = mediaType?.includes("json") ?? false;
  const path = element("input", { "aria-label": "Path and query", spellcheck: "false" });
  path.value = pathOf(operation, { examples: false });
  const text = isText ? element("textarea", { "aria-label": "Body", rows: "8", spellcheck: "false" }) : null;
  if (text) text.value = exampleText(api, media) ?? "{}";
  const answer = element("pre", { "aria-live": "polite", tabindex: "0", hidden: "" });
  const verb = operation.method.toUpperCase();
  const button = element("button", { type: "submit" }, `Send ${verb}`);
  const form = element("form", { class: "try" }, path, text, element("div", {}, button), answer);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    answer.hidden = false;
    answer.textContent = "…";
    const headers = { authorization: `Bearer ${key}`, ...(text ? { "content-type": mediaType } : {}) };
    for (const { name, example } of operation.parameters.filter((each) => each.in === "header" && each.required)) {
      headers[name] = name === "If-Match" ? "*" : example;
    }
    try {
      const reply = await fetch(base + path.value, { method: verb, headers, ...(text ? { body: text.value } : {}) });
      answer.textContent = `${reply.status} ${reply.statusText}\n${pretty(await contentOf(reply))}`;
    } catch {
      answer.textContent = "No answer. Is the app running?";
    }
  });
  return element("details", { class: "trying" }, element("summary", {}, "Try it"), form);
}

/** Of a stream that does not end, its beginning. */
async function contentOf(reply) {
  if (!reply.headers.get("content-type")?.startsWith("text/event-stream")) return reply.text();
  const reader = reply.body.getReader();
  const { value } = await reader.read();
  await reader.cancel();
  return new TextDecoder().decode(value);
}

function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
