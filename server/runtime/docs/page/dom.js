/** An element with attributes and children; text is always text, never markup. */
export function element(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value !== undefined) node.setAttribute(key, value);
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/** A sentence with what stands between backticks as code. */
export const rich = (text) =>
  text.split("`").map((part, index) => (index % 2 === 1 ? element("code", {}, part) : part));

/** Rows of cells under their heads; a cell is a text or a list of what stands in it. */
export function tableOf(heads, rows) {
  const head = element("tr", {}, ...heads.map((text) => element("th", { scope: "col" }, text)));
  const lines = rows.map((cells) => element("tr", {}, ...cells.map((cell) => element("td", {}, ...[cell].flat()))));
  const table = element("table", {}, element("thead", {}, head), element("tbody", {}, ...lines));
  return element("div", { class: "scroll", tabindex: "0", role: "group" }, table);
}

/** A text to be copied, under a title. */
export function copyable(title, text) {
  const button = element("button", { type: "button", class: "quiet" }, "Copy");
  button.setAttribute("aria-label", `Copy ${title.toLowerCase()}`);
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text);
      button.textContent = "Copied";
    } catch {
      button.textContent = "Select it";
    }
    setTimeout(() => {
      button.textContent = "Copy";
    }, 1500);
  });
  return element(
    "figure",
    {},
    element("figcaption", {}, element("span", {}, title), button),
    element("pre", { tabindex: "0" }, text),
  );
}

export const badge = (text, kind) => element("span", { class: `badge ${kind}` }, text);
