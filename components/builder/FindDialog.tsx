"use client";

import { Command as Cmdk } from "cmdk";
import { Box, Search } from "lucide-react";
import { Dialog } from "radix-ui";
import { useState } from "react";
import { cn } from "#components/ui/cn.ts";
import { Kbd } from "#components/ui/Kbd.tsx";
import { useBuilderActions, useDraft } from "./BuilderContext.tsx";
import { type Found, findInModel } from "./findInModel.ts";
import { typeLooks } from "./typeLooks.tsx";

interface FindDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Finds a resource or an attribute by its name, selects it and brings it into view. */
export function FindDialog({ open, onOpenChange }: FindDialogProps) {
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-50 bg-transparent" />
        <Dialog.Content
          aria-describedby={undefined}
          className="fixed inset-x-3 top-24 z-50 mx-auto max-w-md animate-rise overflow-hidden rounded-xl border bg-raised shadow-lg outline-none"
        >
          <Dialog.Title className="sr-only">Find in the model</Dialog.Title>
          <FindList close={() => onOpenChange(false)} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function FindList({ close }: { close: () => void }) {
  const model = useDraft();
  const { reveal } = useBuilderActions();
  const [typed, setTyped] = useState("");
  const [marked, setMarked] = useState("");
  const found = findInModel(model, typed);
  const type = (text: string) => {
    setTyped(text);
    // The best match is marked at once, whatever was marked of the list before.
    const [best] = findInModel(model, text);
    setMarked(best ? keyOf(best) : "");
  };
  return (
    <Cmdk label="Find in the model" loop shouldFilter={false} value={marked} onValueChange={setMarked}>
      <div className="flex items-center gap-2 border-b px-3">
        <Search className="size-4 text-faint" aria-hidden />
        <Cmdk.Input
          value={typed}
          onValueChange={type}
          placeholder="Find a resource or attribute"
          className="h-10 flex-1 bg-transparent text-base outline-none"
        />
        <Kbd>Esc</Kbd>
      </div>
      <Cmdk.List className="max-h-[min(20rem,50dvh)] overflow-y-auto p-1.5">
        <Cmdk.Empty className="px-3 py-6 text-center text-muted text-sm">Nothing by that name.</Cmdk.Empty>
        {found.map((each) => {
          const { selection, name, kind } = each;
          const Icon = kind === null ? Box : typeLooks[kind].icon;
          return (
            <Cmdk.Item
              key={keyOf(each)}
              value={keyOf(each)}
              onSelect={() => {
                close();
                // After the dialog has given the focus back.
                setTimeout(() => reveal(selection));
              }}
              className="flex h-7 cursor-pointer items-center gap-2 rounded-md px-2 text-sm data-[selected=true]:bg-hover"
            >
              <Icon className="size-3.5 text-faint" aria-hidden />
              <span className={cn("truncate", kind === null && "font-medium")}>{name}</span>
              {kind === null ? null : <span className="ml-auto truncate text-faint text-xs">{selection.resource}</span>}
            </Cmdk.Item>
          );
        })}
      </Cmdk.List>
    </Cmdk>
  );
}

const keyOf = ({ selection, name }: Found) => `${selection.resource} ${selection.kind} ${name}`;
