// Opens GraphiQL on the app's own schema; the key that opens it is kept for this tab only, as on the page of the docs.
const store = {
  read: () => sessionStorage.getItem("gantry-api-key"),
  keep: (key) => sessionStorage.setItem("gantry-api-key", key),
  forget: () => sessionStorage.removeItem("gantry-api-key"),
};
const byId = (id) => document.getElementById(id);
const endpoint = location.pathname;
const assets = `${endpoint}/explorer/`;

self.MonacoEnvironment = {
  globalAPI: false,
  getWorkerUrl: (_, label) => `${assets}${label === "json" || label === "graphql" ? label : "editor"}.worker.js`,
};

const headersOf = (key) => (key ? { authorization: `Bearer ${key}` } : {});

/** Why the app does not answer with a key (null: without one); null when it does. */
async function refusalOf(key) {
  const answer = await fetch(endpoint, {
    method: "POST",
    headers: { "content-type": "application/json", ...headersOf(key) },
    body: JSON.stringify({ query: "{ __typename }" }),
  });
  if (answer.ok) return null;
  const problem = await answer.json().catch(() => ({}));
  return problem.detail ?? "The app does not answer. Try again.";
}

function load(name, attributes) {
  return new Promise((resolve, reject) => {
    const node = Object.assign(document.createElement(name), attributes);
    node.addEventListener("load", resolve);
    node.addEventListener("error", () => reject(new Error("The editor could not be loaded. Reload the page.")));
    document.head.append(node);
  });
}

async function open(key) {
  byId("gate").hidden = true;
  byId("loading").hidden = false;
  await Promise.all([
    load("link", { rel: "stylesheet", href: `${assets}graphiql.css` }),
    load("script", { src: `${assets}graphiql.js` }),
  ]);
  byId("loading").hidden = true;
  byId("explorer").hidden = false;
  byId("leave").hidden = key === null;
  self.YogaGraphiQL.renderYogaGraphiQL(byId("explorer"), {
    endpoint,
    title: "GraphiQL",
    additionalHeaders: headersOf(key),
    defaultQuery: "{\n  __typename\n}\n",
  });
}

function ask(message) {
  byId("gate").hidden = false;
  byId("refusal").textContent = message;
  byId("key").focus();
}

byId("gate").addEventListener("submit", async (event) => {
  event.preventDefault();
  const key = byId("key").value.trim();
  const refusal = await refusalOf(key).catch(() => "The app does not answer. Try again.");
  if (refusal !== null) return ask(refusal);
  store.keep(key);
  await open(key);
});

byId("leave").addEventListener("click", () => {
  store.forget();
  location.reload();
});

const kept = store.read();
const refusal = await refusalOf(kept).catch(() => "");
if (refusal === null) await open(kept).catch((error) => ask(error.message));
else ask(kept ? refusal : "");
