"use client";

import { ArrowDown, ArrowUp, Pencil, Trash2 } from "lucide-react";
import { PermittedIconButton } from "#components/shell/Permitted.tsx";
import type { ShownRule } from "../Branch.ts";
import { ruleWords } from "./ruleWords.ts";

interface RuleTableProps {
  rules: readonly ShownRule[];
  pending: boolean;
  onMove: (from: number, to: number) => void;
  onEdit: (index: number) => void;
  onRemove: (index: number) => void;
}

/** Rules in the order in which they are tried; Alt with an arrow key moves the one that the keyboard is at. */
export function RuleTable({ rules, pending, onMove, onEdit, onRemove }: RuleTableProps) {
  const move = (from: number, by: number) => {
    const to = from + by;
    if (!pending && to >= 0 && to < rules.length) onMove(from, to);
  };
  return (
    <ol aria-label="Rules, in the order in which they are tried" className="flex flex-col divide-y rounded-md border">
      {rules.map((rule, index) => (
        <li
          key={rule.pattern}
          className="flex flex-wrap items-center gap-x-3 gap-y-1 px-3 py-2"
          onKeyDown={(event) => {
            if (!event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
            event.preventDefault();
            move(index, event.key === "ArrowUp" ? -1 : 1);
          }}
        >
          <span className="w-4 shrink-0 text-faint text-xs tabular-nums">{index + 1}</span>
          <div className="min-w-0 flex-1 basis-56">
            <code className="break-all font-medium font-mono text-xs">{rule.pattern}</code>
            <p className="text-pretty text-muted text-sm">{ruleWords(rule)}</p>
          </div>
          <div className="ml-auto flex items-center">
            <PermittedIconButton
              permission="environments.manage"
              size="sm"
              label={`Try the rule for ${rule.pattern} earlier`}
              disabled={index === 0 || pending}
              onClick={() => move(index, -1)}
            >
              <ArrowUp />
            </PermittedIconButton>
            <PermittedIconButton
              permission="environments.manage"
              size="sm"
              label={`Try the rule for ${rule.pattern} later`}
              disabled={index === rules.length - 1 || pending}
              onClick={() => move(index, 1)}
            >
              <ArrowDown />
            </PermittedIconButton>
            <PermittedIconButton
              permission="environments.manage"
              size="sm"
              label={`Change the rule for ${rule.pattern}`}
              onClick={() => onEdit(index)}
            >
              <Pencil />
            </PermittedIconButton>
            <PermittedIconButton
              permission="environments.manage"
              size="sm"
              label={`Remove the rule for ${rule.pattern}`}
              disabled={rules.length === 1 || pending}
              onClick={() => onRemove(index)}
            >
              <Trash2 />
            </PermittedIconButton>
          </div>
        </li>
      ))}
    </ol>
  );
}
