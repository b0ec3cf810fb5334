import type { AttributeType, Model, ValueObject } from "../types.ts";
import { findValueObject, withAttributes, withValueObjects } from "./attributeOwner.ts";
import type { Change } from "./Change.ts";
import { changed, mapSame } from "./Change.ts";
import type { CommandOf } from "./CommandOf.ts";
import { checkResourceName } from "./checkName.ts";
import { removeAttribute } from "./removeAttribute.ts";
import { withOptional } from "./withOptional.ts";

export function addValueObject(model: Model, { name }: CommandOf<"addValueObject">): Change {
  checkResourceName(model, name, "name");
  return changed(withValueObjects(model, [...(model.valueObjects ?? []), { name, attributes: [] }]));
}

/** Takes along the attributes that hold it, as if each had been removed. */
export function removeValueObject(model: Model, command: CommandOf<"removeValueObject">): Change {
  const { name } = findValueObject(model, command.valueObject);
  const gone = withValueObjects(
    model,
    (model.valueObjects ?? []).filter((other) => other.name !== name),
  );
  const holders = [...gone.resources, ...(gone.valueObjects ?? [])].flatMap((owner) =>
    owner.attributes
      .filter(({ type }) => embeds(type, name))
      .map((attribute) => ({ resource: owner.name, attribute: attribute.name })),
  );
  return changed(
    holders.reduce((current, at) => removeAttribute(current, { type: "removeAttribute", ...at }).model, gone),
  );
}

export function renameValueObject(model: Model, command: CommandOf<"renameValueObject">): Change {
  const valueObject = findValueObject(model, command.valueObject);
  const { name: from } = valueObject;
  const { to } = command;
  if (to === from) return changed(model);
  const all = model.valueObjects ?? [];
  const others = all.filter((other) => other !== valueObject);
  checkResourceName(withValueObjects(model, others), to, "to");
  const renamed = withValueObjects(
    model,
    all.map((other) => (other === valueObject ? { ...other, name: to } : other)),
  );
  const owners = [...renamed.resources, ...(renamed.valueObjects ?? [])];
  const followed = owners.reduce((current, owner) => {
    const attributes = mapSame(owner.attributes, (attribute) =>
      embeds(attribute.type, from) ? { ...attribute, type: { ...attribute.type, valueObject: to } } : attribute,
    );
    return attributes === owner.attributes ? current : withAttributes(current, owner, attributes);
  }, renamed);
  return { model: followed, renames: { resources: new Map([[from, to]]), members: new Map() } };
}

export function setValueObject(model: Model, command: CommandOf<"setValueObject">): Change {
  const valueObject = findValueObject(model, command.valueObject);
  const fresh: ValueObject = withOptional(valueObject, "describe", command);
  return changed(
    withValueObjects(
      model,
      (model.valueObjects ?? []).map((other) => (other === valueObject ? fresh : other)),
    ),
  );
}

function embeds(type: AttributeType, valueObject: string): type is Extract<AttributeType, { kind: "embed" }> {
  return type.kind === "embed" && type.valueObject === valueObject;
}
