"use client";

import { Box, KeyRound, Plus, Type } from "lucide-react";
import { Button } from "#components/ui/Button.tsx";
import { EmptyState } from "#components/ui/EmptyState.tsx";
import { useBuilderActions } from "./BuilderContext.tsx";

/** A model without resources: what belongs here, one example, the button. */
export function EmptyModel() {
  const { askForResource } = useBuilderActions();
  return (
    <div className="flex h-full items-center justify-center overflow-y-auto">
      <EmptyState
        icon={<Box />}
        title="What does your business keep track of?"
        description="Each thing is a resource with attributes. Gantry makes a table, a REST path and a GraphQL type of it."
        example={
          <div className="mx-auto w-60 overflow-hidden rounded-lg border bg-surface text-xs shadow-sm" aria-hidden>
            <p className="border-b bg-sunken dark:bg-raised px-2.5 py-2 font-semibold text-sm">Customer</p>
            <p className="flex items-center gap-1.5 px-2.5 py-1">
              <KeyRound className="size-3 text-warning-text" />
              id
            </p>
            <p className="flex items-center gap-1.5 px-2.5 py-1">
              <Type className="size-3 text-faint" />
              companyName
            </p>
            <p className="flex items-center gap-1.5 px-2.5 pt-1 pb-2">
              <Type className="size-3 text-faint" />
              city
            </p>
          </div>
        }
        action={
          <Button variant="primary" icon={<Plus />} onClick={() => askForResource()}>
            Add resource
          </Button>
        }
      />
    </div>
  );
}
