import { isThrough } from "#lib/model/relationships/throughLinks.ts";
import type { Model, Relationship, Resource } from "#lib/model/types.ts";
import type { Selection } from "./Selection.ts";
import { usesOfAction, usesOfField } from "./usesOf.ts";

/** What goes along when something is removed, as sentences for the question before. */
export function removalConsequences(model: Model, selection: Selection): readonly string[] {
  const resource = model.resources.find(({ name }) => name === selection.resource);
  if (selection.kind === "valueObject") return holders(model, selection.resource);
  if (!resource) return [];
  switch (selection.kind) {
    case "resource":
      return model.resources
        .filter(({ name }) => name !== resource.name)
        .flatMap((other) =>
          other.relationships
            .filter((relationship) => leadsTo(relationship, resource.name))
            .flatMap((relationship) => [
              `The relationship ${other.name}.${relationship.name} goes too.`,
              ...groupSentences(model, other.name, relationship.name),
            ]),
        );
    case "attribute":
      return [
        ...groupSentences(model, resource.name, selection.name),
        ...changeSentences(usesOfField(model, resource.name, selection.name)),
      ];
    case "calculation":
    case "aggregate":
      return changeSentences(usesOfField(model, resource.name, selection.name));
    case "action":
      return actionSentences(resource, selection.name);
    case "relationship":
      return [
        ...groupSentences(model, resource.name, selection.name),
        ...changeSentences(usesOfField(model, resource.name, selection.name)),
        ...mirrorsOf(model, resource.name, selection.name).map(
          (mirror) => `Its other side ${mirror.resource}.${mirror.name} goes too.`,
        ),
      ];
  }
}

/** What speaks of it stays, and has to be told something else. */
function changeSentences(uses: readonly string[]): readonly string[] {
  return uses.map((place) => `${place.charAt(0).toUpperCase()}${place.slice(1)} uses it and must be changed.`);
}

/** A transition makes an action of its name by itself, so it goes on without what was said of the action. */
function actionSentences(resource: Resource, action: string): readonly string[] {
  const isTransition = resource.states?.transitions.some((one) => one.action === action) === true;
  if (isMadeByTransition(resource, action)) return [`The transition ${action} goes too: it is what makes the action.`];
  return [
    ...(isTransition ? [`The transition ${action} stays; it takes, sets and requires nothing more.`] : []),
    ...(isTransition ? [] : changeSentences(usesOfAction(resource, action))),
  ];
}

/** Whether nothing but a transition says that there is the action. */
export function isMadeByTransition({ definedActions = [], states }: Resource, action: string): boolean {
  const made = states?.transitions.some((one) => one.action === action) === true;
  return made && !definedActions.some(({ name }) => name === action);
}

function leadsTo(relationship: Relationship, resource: string): boolean {
  return relationship.target === resource || (isThrough(relationship) && relationship.through === resource);
}

/** Attributes that hold a value object. */
function holders({ resources, valueObjects = [] }: Model, valueObject: string): readonly string[] {
  return [...resources, ...valueObjects].flatMap((owner) =>
    owner.attributes
      .filter(({ type }) => type.kind === "embed" && type.valueObject === valueObject)
      .map(({ name }) => `The attribute ${owner.name}.${name} goes too.`),
  );
}

/** Relationships that are the other side of this one. */
export function mirrorsOf(
  model: Model,
  resourceName: string,
  relationshipName: string,
): readonly { readonly resource: string; readonly name: string }[] {
  const resource = model.resources.find(({ name }) => name === resourceName);
  const relationship = resource?.relationships.find(({ name }) => name === relationshipName);
  if (!relationship) return [];
  const target = model.resources.find(({ name }) => name === relationship.target);
  const mirrors = target?.relationships.filter((other) => isMirror(relationship, other, resourceName));
  return (mirrors ?? []).map(({ name }) => ({ resource: relationship.target, name }));
}

function isMirror(relationship: Relationship, other: Relationship, resourceName: string): boolean {
  if (other.target !== resourceName || other === relationship) return false;
  switch (relationship.kind) {
    case "belongsTo":
      return (other.kind === "hasMany" || other.kind === "hasOne") && other.via === relationship.name;
    case "hasOne":
    case "hasMany":
      return other.kind === "belongsTo" && other.name === relationship.via;
    case "manyToMany":
      return other.kind === "manyToMany" && other.name === relationship.inverse;
  }
}

function groupSentences(model: Model, resourceName: string, part: string): readonly string[] {
  const resource = model.resources.find(({ name }) => name === resourceName);
  if (!resource) return [];
  const uniques = resource.uniques.filter((group) => group.includes(part));
  const indexes = resource.indexes.filter(({ fields }) => fields.some(({ name }) => name === part));
  return [
    ...uniques.map((group) => `The rule that ${group.join(" and ")} are unique together on ${resourceName} goes too.`),
    ...indexes.map(
      ({ fields }) => `The index of ${resourceName} on ${fields.map(({ name }) => name).join(", ")} goes too.`,
    ),
  ];
}
