"use client";

import { Plus, X } from "lucide-react";
import { Button } from "#components/ui/Button.tsx";
import { IconButton } from "#components/ui/IconButton.tsx";
import { Select } from "#components/ui/Select.tsx";

interface OrderTerm {
  readonly name: string;
  readonly descending: boolean;
}

interface OrderFieldsProps {
  order: readonly OrderTerm[];
  /** Fields that one can sort by. */
  names: readonly string[];
  set: (order: readonly OrderTerm[]) => void;
}

/** By which fields, and in which direction. */
export function OrderFields({ order, names, set }: OrderFieldsProps) {
  const free = names.filter((name) => !order.some((term) => term.name === name));
  return (
    <div className="flex flex-col gap-1.5">
      {order.map((term, index) => (
        <div key={term.name} className="flex items-center gap-1">
          <Select
            size="sm"
            aria-label={index === 0 ? "Sort by" : "Then by"}
            value={term.name}
            options={[...new Set([term.name, ...free])].map((name) => ({ value: name, label: name }))}
            onValueChange={(name) => set(order.with(index, { ...term, name }))}
          />
          <Select
            size="sm"
            aria-label={`Direction of ${term.name}`}
            className="w-30 shrink-0"
            value={term.descending ? "down" : "up"}
            options={[
              { value: "up", label: "smallest first" },
              { value: "down", label: "largest first" },
            ]}
            onValueChange={(direction) => set(order.with(index, { ...term, descending: direction === "down" }))}
          />
          <IconButton
            label={`Do not sort by ${term.name}`}
            size="sm"
            variant="danger"
            onClick={() => set(order.toSpliced(index, 1))}
          >
            <X />
          </IconButton>
        </div>
      ))}
      {free[0] === undefined ? null : (
        <Button
          size="sm"
          icon={<Plus />}
          className="self-start"
          onClick={() => set([...order, { name: free[0] ?? "", descending: false }])}
        >
          {order.length === 0 ? "Sort by a field" : "Then by another"}
        </Button>
      )}
    </div>
  );
}
