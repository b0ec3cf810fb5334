import { resourceNamed } from "../../model/expressions/resourceAlong.ts";
import { tenantField } from "../../model/features/tenantField.ts";
import { spokenName } from "../../model/naming/spokenName.ts";
import type { BelongsTo, OnDelete, Resource } from "../../model/types.ts";
import { capital } from "../../model/words/capital.ts";
import { withArticle } from "../../model/words/sentenceList.ts";
import { type Draft, openDraft, serviceDraft, withField, withRow } from "../solve/Draft.ts";
import { doneOf, type Part, type Proposing, refusalOf } from "./Proposing.ts";
import { acting, scenes } from "./scene.ts";
import { withResource } from "./without.ts";

const read = { name: "read", type: "read" } as const;

/** What becomes of records that others refer to, of those that were destroyed, and of those of other tenants. */
export function proposeLifetimes(proposing: Proposing): void {
  const { resource } = proposing;
  for (const relationship of resource.relationships) {
    if (relationship.kind === "belongsTo") proposeOnDelete(proposing, relationship);
  }
  proposeSoftDelete(proposing);
  if (resource.features?.tenant !== undefined) proposeTenant(proposing, resource.features.tenant);
}

function proposeOnDelete(proposing: Proposing, relationship: BelongsTo): void {
  const { model, resource, subject } = proposing;
  const target = resourceNamed(model, relationship.target);
  if (!target?.actions.includes("destroy") || target.features?.softDelete || target === resource) return;
  const part: Part = {
    kind: "onDelete",
    path: [resource.name, "relationships", relationship.name, "onDelete"],
    meaning: [relationship.name, relationship.onDelete],
  };
  const [many, whose] = [spokenName(resource.plural), spokenName(target.name)];
  const other: OnDelete = relationship.onDelete === "restrict" ? "cascade" : "restrict";
  const relationships = resource.relationships.map((each) =>
    each === relationship ? { ...relationship, onDelete: other } : each,
  );
  const parent = `${relationship.name}`;
  const name = {
    restrict: `${capital(withArticle(whose))} that ${many} refer to by “${spokenName(relationship.name)}” is not deleted`,
    cascade: `${capital(withArticle(whose))} can be deleted with the ${many} of which it is the ${spokenName(relationship.name)}`,
    setNull: `${capital(withArticle(whose))} can be deleted though ${many} refer to it by “${spokenName(relationship.name)}”`,
  }[relationship.onDelete];
  const isKept = proposing.propose({
    part,
    name,
    explain: `What refers to it is ${{ restrict: "in its way", cascade: "deleted with it", setNull: "kept" }[relationship.onDelete]}.`,
    drafts: referring(proposing, relationship, target),
    test: (draft) => ({
      given: draft.rows,
      do: { kind: "destroy", row: parentOf(draft, subject, parent), action: "destroy", input: {} },
    }),
    expect: (outcome) => (relationship.onDelete === "restrict" ? refusalOf(outcome, ["conflict"]) : doneOf(outcome)),
    without: withResource(model, resource, { relationships }),
  });
  if (!isKept) proposing.giveUp(part, "Other records are in the way as well.");
}

function parentOf({ rows }: Draft, subject: string, relationship: string): string {
  const value = rows.find(({ name }) => name === subject)?.values[relationship];
  return typeof value === "object" && value !== null && "row" in value ? String(value.row) : "";
}

function* referring(
  { model, resource, subject }: Proposing,
  relationship: BelongsTo,
  target: Resource,
): Generator<Draft> {
  const made = withRow(model, serviceDraft, { resource: target, called: relationship.name });
  const whole = withRow(model, made.draft, {
    resource,
    called: subject,
    values: { [relationship.name]: { row: made.name } },
  }).draft;
  yield whole;
}

function proposeSoftDelete(proposing: Proposing): void {
  const { resource, subject } = proposing;
  if (!resource.features?.softDelete || !resource.actions.includes("destroy") || !resource.actions.includes("read"))
    return;
  const part: Part = { kind: "softDelete", path: [resource.name, "features", "softDelete"], meaning: "softDelete" };
  const gone = { deletedAt: "2024-03-10T09:30:00Z" };
  proposing.propose({
    part,
    name: `A deleted ${spokenName(resource.name)} is not found`,
    explain: "It is kept, hidden, until it is restored.",
    drafts: scenes(proposing, { action: read, start: serviceDraft, values: gone }),
    test: acting(proposing, read),
    expect: (outcome) => refusalOf(outcome, ["not_found"]),
  });
  const restore = proposing.actions.find(({ name }) => name === "restore");
  if (!restore) return;
  proposing.propose({
    part,
    name: `A deleted ${spokenName(resource.name)} can be restored`,
    explain: "Then it is there as before.",
    drafts: scenes(proposing, { action: restore, start: serviceDraft, values: gone }),
    test: (draft) => ({ given: draft.rows, do: { kind: "update", row: subject, action: "restore", input: {} } }),
    expect: (outcome) => doneOf(outcome),
  });
}

/** Somebody of another tenant, whom policies would let do it. */
function proposeTenant(proposing: Proposing, tenant: string): void {
  const { model, resource, rules, subject } = proposing;
  const part: Part = { kind: "tenant", path: [resource.name, "features", "tenant"], meaning: tenant };
  const users = model.app.users === undefined ? null : resourceNamed(model, model.app.users);
  const own = users && tenantField(model, users);
  if (!users || own === null || !resource.actions.includes("read")) {
    proposing.giveUp(part, "Tests act for a tenant only where the app's users have one.");
    return;
  }
  const allows = rules.policies.filter(
    ({ effect, actions }) => effect === "allow" && (actions.includes("*") || actions.includes("read")),
  );
  const isKept = allows.some(({ expression }) =>
    proposing.propose({
      part,
      name: `${capital(spokenName(resource.plural))} of another tenant are not there`,
      explain: "Records of different tenants never meet, whatever the policies say.",
      drafts: strangers(scenes(proposing, { action: read, start: openDraft, first: [{ expression, wanted: true }] })),
      test: acting(proposing, read),
      expect: (outcome) => refusalOf(outcome, ["not_found"]),
      without: withoutTenant(proposing),
    }),
  );
  if (!isKept) proposing.giveUp(part, "Nobody was found whom only their tenant keeps from a record.");
  function* strangers(drafts: Iterable<Draft>): Generator<Draft> {
    for (const draft of drafts) {
      const made = draft.actor.kind === "user" ? draft : asStranger(draft);
      if (made) yield made;
      const target = resource.relationships.find(
        (one): one is BelongsTo => one.kind === "belongsTo" && one.name === tenant,
      );
      const other = target && resourceNamed(model, target.target);
      if (!made || !other) continue;
      const apart = withRow(model, made, { resource: other, called: "otherTenant" });
      yield withField(apart.draft, subject, tenant, { row: apart.name });
    }
  }
  function asStranger(draft: Draft): Draft | null {
    if (!users) return null;
    const made = withRow(model, draft, { resource: users, called: "stranger" });
    return { ...made.draft, actor: { ...draft.actor, kind: "user", row: made.name } };
  }
}

function withoutTenant({ model, resource }: Proposing) {
  const { tenant: _gone, ...features } = resource.features ?? {};
  return withResource(model, resource, { features });
}
