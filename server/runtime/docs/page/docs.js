// Renders the app's own openapi.json in the browser; the key that opens it is kept for this tab only.
const store = {
  read: () => sessionStorage.getItem("gantry-api-key"),
  keep: (key) => sessionStorage.setItem("gantry-api-key", key),
};
const byId = (id) => document.getElementById(id);

/** An element with attributes and children; text is always text, never markup. */
function element(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value !== undefined) node.setAttribute(key, value);
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

async function open(key) {
  const answer = await fetch("openapi.json", { headers: { authorization: `Bearer ${key}` } });
  if (!answer.ok) {
    const problem = await answer.json().catch(() => ({}));
    throw new Error(problem.detail ?? "The documentation could not be loaded. Try again.");
  }
  store.keep(key);
  render(await answer.json(), key);
}

function render(api, key) {
  document.title = `${api.info.title} API`;
  const operations = Object.entries(api.paths).flatMap(([path, item]) =>
    ["get", "post", "patch", "delete"]
      .filter((method) => item[method])
      .map((method) => ({
        ...item[method],
        path,
        method,
        parameters: [...(item.parameters ?? []), ...(item[method].parameters ?? [])],
      })),
  );
  const base = location.href.replace(/\/docs\/?([?#].*)?$/, "");
  byId("contents").replaceChildren(
    element("strong", {}, api.info.title),
    ...api.tags.flatMap((tag) => [
      element("h2", {}, tag.name),
      ...operations
        .filter((operation) => operation.tags.includes(tag.name))
        .map((operation) => element("a", { href: `#${operation.operationId}` }, operation.summary)),
    ]),
  );
  byId("operations").replaceChildren(
    element("h1", {}, `${api.info.title} API`),
    element("p", {}, api.info.description ?? ""),
    element(
      "p",
      { class: "address" },
      `${base} · release ${api.info.version} · `,
      element("a", { href: "openapi.json" }, "openapi.json"),
      " needs the key as a bearer token.",
    ),
    ...operations.map((operation) => operationView(api, operation, base, key)),
  );
  byId("gate").hidden = true;
  byId("documentation").hidden = false;
  if (location.hash) document.querySelector(location.hash)?.scrollIntoView();
}

function operationView(api, operation, base, key) {
  const body = operation.requestBody?.content["application/json"].schema;
  const success = Object.entries(operation.responses).find(([status]) => status.startsWith("2"));
  const answer = success?.[1].content?.["application/json"].schema;
  return element(
    "article",
    { id: operation.operationId },
    element("h3", {}, operation.summary),
    element(
      "p",
      { class: "address" },
      element("span", { class: "method" }, operation.method.toUpperCase()),
      ` ${operation.path}`,
    ),
    operation.parameters.length > 0 ? parametersView(operation.parameters) : null,
    body ? schemaView(api, "Body", body) : null,
    answer ? schemaView(api, `Answer ${success[0]}`, answer) : null,
    tryView(api, operation, base, key, body),
  );
}

const parametersView = (parameters) =>
  tableOf(
    ["Parameter", "Type", "Meaning"],
    parameters.map((parameter) => [parameter.name, typeText(parameter.schema), parameter.description ?? ""]),
  );

function tableOf(heads, rows) {
  const head = element("tr", {}, ...heads.map((text) => element("th", { scope: "col" }, text)));
  const lines = rows.map(([first, ...rest]) =>
    element("tr", {}, element("td", {}, element("code", {}, first)), ...rest.map((text) => element("td", {}, text))),
  );
  return element(
    "div",
    { class: "scroll" },
    element("table", {}, element("thead", {}, head), element("tbody", {}, ...lines)),
  );
}

function schemaView(api, title, schema) {
  const properties = Object.entries(resolve(api, one(schema)).properties ?? {});
  if (properties.length === 0) return null;
  const required = new Set(resolve(api, one(schema)).required ?? []);
  const rows = properties.map(([name, property]) => [
    name,
    typeText(property),
    [required.has(name) ? "Required." : "", property.description ?? "", limits(property)].filter(Boolean).join(" "),
  ]);
  return element("details", {}, element("summary", {}, title), tableOf(["Field", "Type", "Notes"], rows));
}

const one = (schema) => schema.oneOf?.[0] ?? schema;
const refName = (ref) => ref.slice(ref.lastIndexOf("/") + 1);
const resolve = (api, schema) => (schema.$ref ? api.components.schemas[refName(schema.$ref)] : schema);

function typeText(schema) {
  if (schema.$ref) return refName(schema.$ref);
  if (schema.enum)
    return schema.enum.filter((value) => value !== null).join(" | ") + (schema.enum.includes(null) ? " or null" : "");
  const choices = schema.oneOf ?? schema.anyOf;
  if (choices) return choices.map(typeText).join(" or ");
  const types = [schema.type ?? "any"].flat();
  const name = types[0] === "array" ? `list of ${typeText(schema.items ?? {})}` : (schema.format ?? types[0]);
  return types.includes("null") ? `${name} or null` : name;
}

const limits = (schema) =>
  [
    schema.minimum === undefined ? "" : `At least ${schema.minimum}.`,
    schema.maximum === undefined ? "" : `At most ${schema.maximum}.`,
    schema.maxLength === undefined ? "" : `At most ${schema.maxLength} characters.`,
    schema.default === undefined ? "" : `Default ${JSON.stringify(schema.default)}.`,
  ]
    .filter(Boolean)
    .join(" ");

function exampleBody(api, schema) {
  const { properties = {}, required = [] } = resolve(api, one(schema));
  const names = required.length > 0 ? required : Object.keys(properties).slice(0, 2);
  return JSON.stringify(
    Object.fromEntries(
      names.map((name) => [name, properties[name]?.examples?.[0] ?? properties[name]?.enum?.[0] ?? ""]),
    ),
    null,
    2,
  );
}

function tryView(api, operation, base, key, body) {
  const path = element("input", {
    "aria-label": "Path and query",
    value: operation.path + (operation.path.includes("{") || body ? "" : "?page[size]=5"),
  });
  const text = body ? element("textarea", { "aria-label": "Body", rows: "6" }) : null;
  if (text) text.value = exampleBody(api, body);
  const answer = element("pre", { "aria-live": "polite", hidden: "" });
  const form = element(
    "form",
    { class: "try" },
    path,
    text,
    element("div", {}, element("button", { type: "submit" }, `Send ${operation.method.toUpperCase()}`)),
    answer,
  );
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    answer.hidden = false;
    answer.textContent = "…";
    const headers = { authorization: `Bearer ${key}`, ...(text ? { "content-type": "application/json" } : {}) };
    try {
      const reply = await fetch(base + path.value, {
        method: operation.method.toUpperCase(),
        headers,
        ...(text ? { body: text.value } : {}),
      });
      const content = await reply.text();
      answer.textContent = `${reply.status} ${reply.statusText}\n${pretty(content)}`;
    } catch {
      answer.textContent = "No answer. Is the app running?";
    }
  });
  return element("details", {}, element("summary", {}, "Try it"), form);
}

function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

byId("gate").addEventListener("submit", (event) => {
  event.preventDefault();
  open(byId("key").value.trim()).catch((error) => {
    byId("refusal").textContent = error.message;
  });
});

const kept = store.read();
byId("gate").hidden = false;
if (kept) open(kept).catch(() => {});
