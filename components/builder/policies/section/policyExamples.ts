import { spokenName } from "#lib/model/naming/spokenName.ts";
import type { ActionName, Model, Policy, Resource } from "#lib/model/types.ts";
import { withArticle } from "#lib/model/words/sentenceList.ts";

/** A policy to begin with. */
export interface PolicyExample {
  readonly title: string;
  readonly policy: Policy;
}

/** Those that make sense for the resource, the simplest first. */
export function policyExamples(model: Model, resource: Resource): readonly PolicyExample[] {
  const having = (wanted: readonly ActionName[]) => wanted.filter((name) => resource.actions.includes(name));
  const reading = having(["read"]);
  const changing = having(["read", "create", "update"]);
  const owned = having(["read", "update"]);
  return [
    ...allow("Everyone signed in", reading, "actor.kind == 'user'"),
    ...(model.app.roles ?? []).flatMap(({ name }) => allow(`The role ${name}`, changing, `'${name}' in actor.roles`)),
    ...owners(model, resource).flatMap(({ title, expression }) => allow(title, owned, expression)),
    ...never(resource),
  ];
}

function allow(title: string, actions: readonly string[], expression: string): readonly PolicyExample[] {
  return actions.length === 0 ? [] : [{ title, policy: { effect: "allow", actions, expression } }];
}

/** The ways from a record to the person whose it is. */
function owners(
  { app }: Model,
  { name, relationships }: Resource,
): readonly { readonly title: string; readonly expression: string }[] {
  if (app.users === undefined) return [];
  const own = name === app.users ? [{ title: "Everyone for themselves", expression: "id == actor.id" }] : [];
  const leading = relationships.filter(({ kind, target }) => kind === "belongsTo" && target === app.users);
  return [
    ...own,
    ...leading.map((relationship) => ({
      title: `The ${spokenName(relationship.name)} only`,
      expression: `${relationship.name} == actor.id`,
    })),
  ];
}

/** What may not be destroyed any more: by its last stage, or by a switch that is on. */
function never({ name, attributes, states, actions }: Resource): readonly PolicyExample[] {
  if (!actions.includes("destroy")) return [];
  const choices = attributes.filter(({ type }) => type.kind === "choice");
  const stage = choices.find((one) => one.name === states?.attribute) ?? choices[0];
  const last = stage?.type.kind === "choice" ? stage.type.options.at(-1) : undefined;
  const flag = attributes.find(({ type, required }) => type.kind === "boolean" && required);
  const [expression, words] =
    stage && last
      ? [`${stage.name} == '${last.name}'`, `its ${spokenName(stage.name)} is ${spokenName(last.name)}`]
      : flag
        ? [flag.name, `it is ${spokenName(flag.name)}`]
        : [];
  if (expression === undefined) return [];
  return [
    {
      title: `Never destroy ${withArticle(spokenName(name))} while ${words}`,
      policy: { effect: "forbid", actions: ["destroy"], expression },
    },
  ];
}
