"use client";

import { Tabs as Primitive } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "./cn.ts";

interface TabsProps<Value extends string> {
  tabs: readonly { readonly value: Value; readonly label: ReactNode; readonly content: ReactNode }[];
  /** The accessible name of the row of tabs. */
  label: string;
  value?: Value;
  defaultValue?: Value;
  onValueChange?: (value: Value) => void;
  className?: string;
}

export function Tabs<Value extends string>({ tabs, label, onValueChange, className, ...rest }: TabsProps<Value>) {
  return (
    <Primitive.Root
      className={className}
      {...rest}
      onValueChange={(value) => {
        const tab = tabs.find((candidate) => candidate.value === value);
        if (tab) onValueChange?.(tab.value);
      }}
    >
      <TabList aria-label={label}>
        {tabs.map((tab) => (
          <Tab key={tab.value} value={tab.value}>
            {tab.label}
          </Tab>
        ))}
      </TabList>
      {tabs.map((tab) => (
        <Primitive.Content key={tab.value} value={tab.value} className="pt-4 outline-none">
          {tab.content}
        </Primitive.Content>
      ))}
    </Primitive.Root>
  );
}

function TabList({ className, ...rest }: ComponentProps<typeof Primitive.List>) {
  return <Primitive.List className={cn("flex gap-1 overflow-x-auto border-b", className)} {...rest} />;
}

function Tab({ className, ...rest }: ComponentProps<typeof Primitive.Trigger>) {
  return (
    <Primitive.Trigger
      className={cn(
        "-mb-px flex h-9 shrink-0 items-center gap-2 border-transparent border-b-2 px-2 text-muted text-sm hover:text-ink",
        "focus-visible:-outline-offset-2 data-[state=active]:border-accent data-[state=active]:font-medium data-[state=active]:text-ink",
        className,
      )}
      {...rest}
    />
  );
}
