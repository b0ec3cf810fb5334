import type { States } from "../../model/types.ts";
import { type Entity, fieldNamed } from "../../plan/catalog/Catalog.ts";
import type { TransitionRule } from "../../plan/write/ActionRules.ts";
import { closedTransition, illegalMove, notByHand } from "../../plan/write/stateRefusals.ts";
import { and, binary, caseOf, constant, or, text } from "../../sql/build.ts";
import type { Expression } from "../../sql/Sql.ts";

import type { Compilation, Scope } from "../read/Scope.ts";
import type { Check } from "./Check.ts";
import type { RowBefore } from "./changeChecks.ts";

/** That only transitions change the state, and only those that lead on from where the record is. */
export function stateChecks(
  compilation: Compilation,
  { rules, before, after, setsState }: RowBefore,
): readonly Check[] {
  const { resource } = before.entity;
  const { states } = resource;
  if (!states) return [];
  if (rules.transitions.length > 0) {
    const { name: action } = rules;
    const open = rules.transitions.map((transition) => isOpen(compilation, before, transition));
    const leads = rules.transitions.map(({ from }) => isIn(before, from));
    return [
      {
        condition: or(open),
        refusal: { code: "illegal_transition", error: notByHand(states, null) },
        cases: [
          {
            when: or(leads),
            refusal: { code: "illegal_transition", error: closedTransition(resource, states, { action }) },
          },
          ...options(before.entity, states).map(({ name, stored }) => ({
            when: isStored(before, stored),
            refusal: {
              code: "illegal_transition" as const,
              error: illegalMove(resource, states, { action, state: name }),
            },
          })),
        ],
      },
    ];
  }
  if (!after || !setsState) return [];
  return [
    {
      condition: binary(stateOf(before), "is not distinct from", stateOf(after)),
      refusal: { code: "invalid_input", error: notByHand(states, null) },
      cases: options(before.entity, states).map(({ name, stored }) => ({
        when: isStored(before, stored),
        refusal: { code: "invalid_input" as const, error: notByHand(states, name) },
      })),
    },
  ];
}

/** The state that the transitions of an action lead to from where a record is; unchanged where none is open. */
export function nextState(
  compilation: Compilation,
  scope: Scope,
  transitions: readonly TransitionRule[],
): { readonly column: string; readonly value: Expression } | null {
  const { states } = scope.entity.resource;
  const [first, ...others] = transitions;
  if (!states || !first) return null;
  const storedOf = new Map(options(scope.entity, states).map(({ name, stored }) => [name, stored]));
  const value = ({ to }: TransitionRule) => text(storedOf.get(to) ?? to);
  const branches = transitions.map((transition) => ({
    when: isOpen(compilation, scope, transition),
    value: value(transition),
  }));
  const { column } = fieldNamed(scope.entity, states.attribute);
  return { column, value: others.length === 0 ? value(first) : caseOf(branches, stateOf(scope)) };
}

function isOpen(compilation: Compilation, scope: Scope, { from, when }: TransitionRule): Expression {
  const guard = when && compilation.sqlOf(scope, when);
  return and([isIn(scope, from), guard]) ?? constant(true);
}

function isIn(scope: Scope, from: readonly string[]): Expression {
  const { states } = scope.entity.resource;
  if (!states || from.length === 0) return constant(true);
  const wanted = options(scope.entity, states).filter(({ name }) => from.includes(name));
  return or(wanted.map(({ stored }) => isStored(scope, stored)));
}

function isStored(scope: Scope, stored: string): Expression {
  return binary(stateOf(scope), "=", text(stored));
}

function stateOf(scope: Scope): Expression {
  const { states } = scope.entity.resource;
  return scope.column(fieldNamed(scope.entity, states?.attribute ?? "").column);
}

function options(entity: Entity, states: States) {
  const { type } = fieldNamed(entity, states.attribute);
  return type.kind === "choice" ? type.options : [];
}
