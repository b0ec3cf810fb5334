import { actionsOf } from "../../model/actions/actionsOf.ts";
import type { Action, Model, Resource } from "../../model/types.ts";
import { type Asker, askerName, askersOf } from "../../plan/access/matrix/Asker.ts";
import { type Cell, cellOf } from "../../plan/access/matrix/cellOf.ts";
import { accessWords, newAccessWords } from "./accessWords.ts";
import { type ComparedResource, compareModels } from "./comparedModels.ts";
import { directionOf, type Leave } from "./directionOf.ts";
import { fieldPolicyChanges } from "./fieldPolicyChanges.ts";
import type { AccessDirection, AccessMatrix, AskerWords, PolicyChange, PolicyChanges } from "./PolicyChange.ts";

const order: readonly AccessDirection[] = ["wider", "other", "new", "narrower"];

/** Who may do more or less after a change of a model: by resource, action and field, for each kind of people. */
export function policyChanges(before: Model, after: Model): PolicyChanges {
  if (before === after) return { changes: [], matrices: [] };
  const { kept, added } = compareModels(before, after);
  const askers = askersOfBoth(before, after);
  const compared = kept.map((pair) => resourceChanges(pair, after, askers));
  const changes = [...compared.flatMap((one) => one.changes), ...added.flatMap((one) => newAccess(after, one, askers))];
  return {
    changes: order.flatMap((direction) => changes.filter((change) => change.direction === direction)),
    matrices: compared.flatMap(({ matrix }) => matrix ?? []),
  };
}

function askersOfBoth(before: Model, after: Model): readonly Asker[] {
  const all = [...askersOf(after), ...askersOf(before)];
  const roles = new Map(all.map((asker) => [asker.id, asker]));
  // Those with roles first, whoever has none last.
  return [...roles.values()].toSorted((one, other) => Number(other.role !== null) - Number(one.role !== null));
}

function wordsOf(asker: Asker): AskerWords {
  return { id: asker.id, name: askerName(asker), isOpen: asker.role === null };
}

const nothing: Leave = { verdict: "no", where: [] };

function resourceChanges(pair: ComparedResource, after: Model, askers: readonly Asker[]) {
  const actions = actionsOfBoth(pair);
  const changes: PolicyChange[] = [];
  const rows = askers.map((asker) => ({
    asker: wordsOf(asker),
    cells: actions.map((action) => {
      const old = cellFor(pair.model, pair.before, { asker, action });
      const now = cellFor(after, pair.after, { asker, action });
      const direction = directionOf(old ?? nothing, now ?? nothing);
      if (direction !== null && !goesWithItsType(pair, after, { asker, action })) {
        const sides = { before: old, after: now, asker, resource: pair.after, action };
        changes.push({
          direction,
          resource: pair.after.name,
          asker: wordsOf(asker),
          action: action.name,
          field: null,
          before: old?.verdict ?? "no",
          after: now?.verdict ?? "no",
          sentence: accessWords(sides),
        });
      }
      return { before: old?.verdict ?? null, after: now?.verdict ?? null, direction };
    }),
  }));
  const ofFields = fieldPolicyChanges(pair, after, askers);
  const matrix: AccessMatrix = { resource: pair.after.name, actions: actions.map(({ name }) => name), rows };
  const differs = changes.length + ofFields.length > 0;
  return { changes: [...changes, ...ofFields], matrix: differs ? matrix : null };
}

function actionsOfBoth({ before, after }: ComparedResource): readonly Action[] {
  const now = actionsOf(after);
  return [...now, ...actionsOf(before).filter(({ name }) => !now.some((action) => action.name === name))];
}

/** Whether it changes for them just as the standard action of its type does: that is said once. */
function goesWithItsType(pair: ComparedResource, after: Model, { asker, action }: Asked): boolean {
  if (action.name === action.type) return false;
  const standard: Action = { name: action.type, type: action.type };
  const sides = (named: Action) => [
    leaveOf(cellFor(pair.model, pair.before, { asker, action: named })),
    leaveOf(cellFor(after, pair.after, { asker, action: named })),
  ];
  const [own, usual] = [sides(action), sides(standard)];
  return !own.includes(null) && JSON.stringify(own) === JSON.stringify(usual);
}

const leaveOf = (cell: Cell | null): Leave | null => cell && { verdict: cell.verdict, where: cell.where };

interface Asked {
  readonly asker: Asker;
  readonly action: Action;
}

/** Null where the resource has no such action. */
function cellFor(model: Model, resource: Resource, { asker, action }: Asked): Cell | null {
  const found = actionsOf(resource).find(({ name }) => name === action.name);
  return found ? cellOf(model, { asker, resource, action: { name: found.name, type: found.type } }) : null;
}

/** What policies let people do with records of a resource that is new. */
function newAccess(model: Model, resource: Resource, askers: readonly Asker[]): readonly PolicyChange[] {
  return askers.flatMap((asker): readonly PolicyChange[] => {
    const cells = actionsOf(resource).map(({ name, type }) =>
      cellOf(model, { asker, resource, action: { name, type } }),
    );
    const open = cells.filter(({ verdict }) => verdict !== "no");
    if (open.length === 0) return [];
    const after = open.every(({ verdict }) => verdict === "yes") ? "yes" : "sometimes";
    const about = { resource: resource.name, asker: wordsOf(asker), action: null, field: null };
    return [{ ...about, direction: "new", before: "no", after, sentence: newAccessWords(open, asker, resource) }];
  });
}
