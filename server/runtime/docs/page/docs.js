// Renders the app's own openapi.json in the browser; the key that opens it is kept for this tab only.
import { element, rich } from "./dom.js";
import { operationView } from "./operation.js";
import { follow, membersView } from "./schemas.js";

const store = {
  read: () => sessionStorage.getItem("gantry-api-key"),
  keep: (key) => sessionStorage.setItem("gantry-api-key", key),
};
const byId = (id) => document.getElementById(id);

async function open(key) {
  const answer = await fetch("openapi.json", { headers: { authorization: `Bearer ${key}` } });
  if (!answer.ok) {
    const problem = await answer.json().catch(() => ({}));
    throw new Error(problem.detail ?? "The documentation could not be loaded. Try again.");
  }
  store.keep(key);
  const api = await answer.json();
  start({ api, key, operations: operationsOf(api), base: location.href.replace(/\/docs\/?([?#].*)?$/, "") });
}

const operationsOf = (api) =>
  Object.entries(api.paths).flatMap(([path, item]) =>
    ["get", "post", "put", "patch", "delete"]
      .filter((method) => item[method])
      .map((method) => {
        const parameters = [...(item.parameters ?? []), ...(item[method].parameters ?? [])];
        return { ...item[method], path, method, parameters: parameters.map((parameter) => follow(api, parameter)) };
      }),
  );

function start(docs) {
  document.title = `${docs.api.info.title} API`;
  byId("gate").hidden = true;
  byId("documentation").hidden = false;
  const show = () => showPlace(docs, decodeURIComponent(location.hash.slice(1)));
  window.addEventListener("hashchange", show);
  show();
}

/** A place is the name of a tag, the id of an operation, or nothing for the beginning. */
function showPlace(docs, place) {
  const { api, operations } = docs;
  const operation = operations.find(({ operationId }) => operationId === place);
  const tag = operation?.tags[0] ?? api.tags.find(({ name }) => name === place)?.name ?? null;
  byId("contents").replaceChildren(...contentsOf(docs, { tag, operation }));
  const main = byId("operations");
  if (main.dataset.tag !== String(tag)) {
    main.dataset.tag = String(tag);
    main.replaceChildren(...(tag === null ? beginning(docs) : tagView(docs, tag)));
  }
  const target = operation ? byId(operation.operationId) : main;
  target.scrollIntoView({ block: "start" });
}

function contentsOf({ api, operations }, { tag, operation }) {
  return [
    element("a", { href: "#", class: "title", ...(tag === null && { "aria-current": "page" }) }, api.info.title),
    ...api.tags.flatMap(({ name }) => {
      const own = name === tag ? operations.filter(({ tags }) => tags[0] === name) : [];
      return [
        element("a", { href: `#${name}`, class: "tag", ...(name === tag && { "aria-current": "page" }) }, name),
        ...own.map((each) =>
          element(
            "a",
            {
              href: `#${each.operationId}`,
              class: "operation",
              ...(each === operation && { "aria-current": "location" }),
            },
            element(
              "span",
              { class: `method ${each.method}` },
              each.method === "delete" ? "DEL" : each.method.toUpperCase(),
            ),
            element("span", {}, each.summary),
          ),
        ),
      ];
    }),
  ];
}

function beginning({ api, operations, base }) {
  const { title, version, description } = api.info;
  return [
    element("h1", {}, `${title} API`),
    element("p", {}, rich(description ?? "")),
    element(
      "p",
      { class: "address" },
      element("code", {}, base),
      ` · release ${version} · `,
      element("a", { href: "openapi.json" }, "openapi.json"),
      " needs the key as a bearer token.",
    ),
    element("h2", {}, "Keys"),
    ...Object.values(api.components.securitySchemes).map((scheme) => element("p", {}, rich(scheme.description))),
    element(
      "p",
      {},
      "Errors are problem documents: ",
      element("a", { href: "docs/errors" }, "every code"),
      " with what it means.",
    ),
    element("h2", {}, "Resources"),
    element(
      "div",
      { class: "cards" },
      ...api.tags.map(({ name, description: about }) => {
        const count = operations.filter(({ tags }) => tags.includes(name)).length;
        return element(
          "a",
          { href: `#${name}`, class: "card" },
          element("strong", {}, name),
          element("span", {}, about),
          element("small", {}, `${count} operations`),
        );
      }),
    ),
  ];
}

function tagView({ api, operations, base, key }, tag) {
  const about = api.tags.find(({ name }) => name === tag);
  const own = operations.filter(({ tags }) => tags[0] === tag);
  const schema = api.components.schemas[tag];
  return [
    element("h1", {}, tag),
    element("p", {}, rich(about?.description ?? "")),
    schema && element("details", { class: "fields" }, element("summary", {}, "Fields"), membersView(api, schema)),
    ...own.map((operation) => operationView(api, operation, { base, key })),
  ].filter(Boolean);
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
