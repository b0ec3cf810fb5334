"use client";

import { Command as Cmdk } from "cmdk";
import { Search } from "lucide-react";
import { Dialog } from "radix-ui";
import { useEffect, useState } from "react";
import { useOfferedCommands } from "#components/ui/CommandRegistry.tsx";
import { Kbd } from "#components/ui/Kbd.tsx";
import { useScreenCommands } from "./useScreenCommands.tsx";

/** Ctrl-K: every screen and every command that the current screen offers. */
export function CommandPalette() {
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === "k") {
        event.preventDefault();
        setOpen((was) => !was);
      }
    };
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, []);
  return (
    <Dialog.Root open={open} onOpenChange={setOpen}>
      <Dialog.Trigger asChild>
        <button
          type="button"
          className="flex h-7 items-center gap-2 rounded-md border bg-surface px-2 text-faint text-xs hover:border-line-strong hover:text-muted"
          aria-keyshortcuts="Control+K"
        >
          <Search className="size-3.5" aria-hidden />
          <span className="w-24 text-left max-lg:sr-only">
            Search<span className="sr-only"> screens and commands</span>
          </span>
          <Kbd aria-hidden className="hidden sm:inline-flex">
            Ctrl K
          </Kbd>
        </button>
      </Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-50 animate-appear bg-shade" />
        <Dialog.Content
          aria-describedby={undefined}
          className="fixed inset-x-3 top-[12vh] z-50 mx-auto max-w-xl animate-rise overflow-hidden rounded-xl border bg-raised shadow-lg outline-none"
        >
          <Dialog.Title className="sr-only">Screens and commands</Dialog.Title>
          <CommandList close={() => setOpen(false)} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function CommandList({ close }: { close: () => void }) {
  const offered = useOfferedCommands();
  const screens = useScreenCommands();
  const commands = [...offered(), ...screens];
  const groups = [...new Set(commands.map((command) => command.group))];
  return (
    <Cmdk label="Screens and commands" loop>
      <div className="flex items-center gap-2 border-b px-3">
        <Search className="size-4 text-faint" aria-hidden />
        <Cmdk.Input
          placeholder="Go to a screen or run a command"
          className="h-11 flex-1 bg-transparent text-base outline-none"
        />
        <Kbd>Esc</Kbd>
      </div>
      <Cmdk.List className="max-h-[min(24rem,60dvh)] scroll-py-2 overflow-y-auto p-1.5">
        <Cmdk.Empty className="px-3 py-8 text-center text-muted text-sm">Nothing by that name.</Cmdk.Empty>
        {groups.map((group) => (
          <Cmdk.Group
            key={group}
            heading={group}
            className="[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-faint [&_[cmdk-group-heading]]:text-xs"
          >
            {commands
              .filter((command) => command.group === group)
              .map((command) => (
                <Cmdk.Item
                  key={command.id}
                  value={command.id}
                  keywords={[command.title, ...(command.keywords ?? [])]}
                  onSelect={() => {
                    close();
                    // After the dialog has given the focus back, so that the command may place it.
                    setTimeout(command.run);
                  }}
                  className="flex h-8 cursor-pointer items-center gap-2 rounded-md px-2 text-sm data-[selected=true]:bg-hover [&_svg]:size-4 [&_svg]:text-faint"
                >
                  {command.icon}
                  <span className="flex-1 truncate">{command.title}</span>
                  {command.keys === undefined ? null : <Kbd>{command.keys}</Kbd>}
                </Cmdk.Item>
              ))}
          </Cmdk.Group>
        ))}
      </Cmdk.List>
    </Cmdk>
  );
}
