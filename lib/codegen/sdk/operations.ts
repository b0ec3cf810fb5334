import { identities } from "../../model/actions/identities.ts";
import { offeredNamedActions, offers, restName } from "../../model/api/operations.ts";
import { restPath } from "../../model/naming/restPath.ts";
import { isToOne } from "../../model/relationships/isToOne.ts";
import type { Action, Model, Resource } from "../../model/types.ts";
import { type InputContext, inputName, inputType, takesInput } from "./inputTypes.ts";
import { comment, literals } from "./members.ts";
import { keyType } from "./recordTypes.ts";

/** The object with everything that can be done with a resource, and the types of what is given to it. */
export function operations(resource: Resource, context: InputContext): string {
  const { model, names } = context;
  const path = restPath(resource);
  const types = names.of(resource.name, "Types");
  const lines: string[] = [];
  const inputs: string[] = [];
  const used = new Set<string>();
  // An action may have the name of something that every collection has.
  const add = (wanted: string, made: string, describe?: string) => {
    const name = used.has(wanted) ? `${wanted}_` : wanted;
    used.add(name);
    lines.push(`${comment(describe, "  ")}  ${name}: /* @__PURE__ */ ${made},\n`);
  };
  const given = (action: Pick<Action, "name" | "type">) => {
    inputs.push(inputType(resource, action, context));
    return inputName(resource, action.name, names);
  };
  const at = (text: string) => JSON.stringify(text);
  const creates = offers(resource, "create", "rest");
  const updates = offers(resource, "update", "rest");
  if (offers(resource, "read", "rest")) {
    add("list", `lister<${types}>(${at(path)})`);
    add("all", `walker<${types}>(${at(path)})`, "Every record, page by page.");
    add("get", `getter<${types}>(${at(path)})`);
    for (const { name, target } of listsOf(resource, model)) {
      const key = keyType(model, resource.name, names);
      add(`${name}Of`, `relatedLister<${key}, ${names.of(target, "Types")}>(${at(path)}, ${at(name)})`);
    }
  }
  if (creates) {
    const input = given({ name: "create", type: "create" });
    add("create", `creator<${types}, ${input}>(${at(path)})`);
    add("createMany", `manyCreator<${types}, ${input}>(${at(path)})`, "All or none.");
    if (updates) {
      const by = literals(identities(resource).map((group) => group.join()));
      if (by !== "never") add("upsert", `upserter<${types}, ${input}, ${by}>(${at(path)})`);
    }
  }
  if (updates) {
    const input = given({ name: "update", type: "update" });
    add("update", `changer<${types}, ${input}>(${at(path)})`);
    add("updateMany", `manyChanger<${types}, ${input}>(${at(path)})`);
  }
  if (offers(resource, "destroy", "rest")) {
    add("destroy", `destroyer<${types}>(${at(path)})`);
    add("destroyMany", `manyDestroyer<${types}>(${at(path)})`);
  }
  for (const action of offeredNamedActions(resource, "rest")) {
    const spoken = restName(resource, action.name);
    const input = takesInput(model, resource, action) ? given(action) : "Record<string, never>";
    const many = at(`${path}:${spoken}`);
    const one = `${at(path)}, ${at(spoken)}`;
    switch (action.type) {
      case "read":
        add(action.name, `namedLister<${types}, ${input}>(${many})`, action.describe);
        break;
      case "create":
        add(action.name, `creator<${types}, ${input}>(${many})`, action.describe);
        break;
      case "update":
        add(action.name, `changer<${types}, ${input}>(${one})`, action.describe);
        add(`${action.name}Several`, `severalChanger<${types}, ${input}>(${many})`, "All or none, by their keys.");
        break;
      case "destroy":
        add(action.name, `destroyer<${types}, ${input}>(${one})`, action.describe);
        add(`${action.name}Several`, `severalChanger<${types}, ${input}>(${many})`, "All or none, by their keys.");
    }
  }
  for (const { name } of resource.attributes.filter(({ type }) => type.kind === "file")) {
    if (updates) add(`send${capital(name)}`, `fileSender<${types}>(${at(path)}, ${at(name)})`);
    add(`fetch${capital(name)}`, `fileFetcher<${types}>(${at(path)}, ${at(name)})`);
  }
  const collection = `${comment(resource.describe, "")}export const ${names.collection(resource.name)} = {\n${lines.join("")}};\n`;
  return [...inputs, collection].join("\n");
}

const capital = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

/** The lists that a record leads to, where the records in them may be read. */
function listsOf({ relationships }: Resource, { resources }: Model) {
  return relationships.filter((relationship) => {
    const target = resources.find(({ name }) => name === relationship.target);
    return !isToOne(relationship) && target !== undefined && offers(target, "read", "rest");
  });
}
