"use client";

import { GripVertical, KeyRound } from "lucide-react";
import { type DragEvent, useState } from "react";
import { cn } from "#components/ui/cn.ts";
import { type AttributeOwner, isResource } from "#lib/model/commands/attributeOwner.ts";
import type { Attribute } from "#lib/model/types.ts";
import { useBuilderActions, useProblems } from "../BuilderContext.tsx";
import { problemsWithin } from "../problems/problemsAt.ts";
import { typeLooks, typeWord } from "../typeLooks.tsx";
import { NewAttribute } from "./NewAttribute.tsx";
import { Section } from "./Section.tsx";

/** The attributes in order. Alt with the arrow keys moves one, so does dragging. */
export function AttributeList({ resource }: { resource: AttributeOwner }) {
  const { run } = useBuilderActions();
  const [dragged, setDragged] = useState<string | null>(null);
  const [over, setOver] = useState<string | null>(null);
  const { attributes } = resource;

  const move = (name: string, before: string | null) => {
    if (name !== before) run({ type: "moveAttribute", resource: resource.name, attribute: name, before });
  };
  const moveBy = (index: number, step: -1 | 1) => {
    const attribute = attributes[index];
    if (!attribute || index + step < 0 || index + step >= attributes.length) return;
    move(attribute.name, attributes[step === -1 ? index - 1 : index + 2]?.name ?? null);
  };
  const drop = (event: DragEvent, before: string | null) => {
    event.preventDefault();
    if (dragged !== null) move(dragged, before);
    setDragged(null);
    setOver(null);
  };

  return (
    <Section title="Attributes" note={String(attributes.length)}>
      <ul className="-mx-1.5" aria-label={`Attributes of ${resource.name}`}>
        {isResource(resource) ? (
          <li className="flex h-7 items-center gap-2 pr-1.5 pl-5.5 text-faint text-sm">
            <KeyRound className="size-3.5 text-warning-text" aria-hidden />
            <span className="flex-1">id</span>
            <span className="font-mono text-2xs">{typeWord(resource.key.type)}, key</span>
          </li>
        ) : null}
        {attributes.map((attribute, index) => (
          <li
            key={attribute.name}
            draggable
            onDragStart={(event) => {
              event.dataTransfer.effectAllowed = "move";
              setDragged(attribute.name);
            }}
            onDragEnd={() => {
              setDragged(null);
              setOver(null);
            }}
            onDragOver={(event) => {
              if (dragged === null) return;
              event.preventDefault();
              setOver(attribute.name);
            }}
            onDrop={(event) => drop(event, attribute.name)}
            className={cn(
              "border-transparent border-t-2",
              dragged === attribute.name && "opacity-40",
              over === attribute.name && dragged !== attribute.name && "border-accent",
            )}
          >
            <AttributeRow resource={resource} attribute={attribute} onMove={(step) => moveBy(index, step)} />
          </li>
        ))}
        <li
          aria-hidden
          className={cn("h-1.5 border-transparent border-t-2", over === "" && dragged !== null && "border-accent")}
          onDragOver={(event) => {
            if (dragged === null) return;
            event.preventDefault();
            setOver("");
          }}
          onDrop={(event) => drop(event, null)}
        />
      </ul>
      <NewAttribute resource={resource} />
    </Section>
  );
}

interface AttributeRowProps {
  resource: AttributeOwner;
  attribute: Attribute;
  onMove: (step: -1 | 1) => void;
}

function AttributeRow({ resource, attribute, onMove }: AttributeRowProps) {
  const { select, remove } = useBuilderActions();
  const problems = problemsWithin(useProblems(), [resource.name, "attributes", attribute.name]).length;
  const Icon = typeLooks[attribute.type.kind].icon;
  const selection = { kind: "attribute", resource: resource.name, name: attribute.name } as const;
  return (
    <button
      type="button"
      aria-label={`Attribute ${attribute.name}`}
      aria-description={`${typeLooks[attribute.type.kind].label}${attribute.required ? ", required" : ""}${
        attribute.unique ? ", unique" : ""
      }${problems > 0 ? `, ${problems} ${problems === 1 ? "problem" : "problems"}` : ""}`}
      aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown Delete"
      onClick={() => select(selection)}
      onKeyDown={(event) => {
        if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
          event.preventDefault();
          onMove(event.key === "ArrowUp" ? -1 : 1);
        } else if (event.key === "Delete") {
          event.preventDefault();
          remove(selection);
        }
      }}
      className="group flex h-7 w-full items-center gap-2 rounded-md pr-1.5 text-left text-sm hover:bg-hover"
    >
      <GripVertical
        className="-mr-1.5 ml-0.5 size-3.5 shrink-0 cursor-grab text-faint opacity-0 group-hover:opacity-100 group-focus-visible:opacity-100"
        aria-hidden
      />
      <Icon className="size-3.5 shrink-0 text-faint" aria-hidden />
      <span className={cn("min-w-0 flex-1 truncate", problems > 0 && "text-danger-text")}>
        {attribute.name}
        {attribute.required ? <span className="text-danger-text"> *</span> : null}
      </span>
      {attribute.unique ? <span className="rounded-sm border px-1 text-2xs text-faint">unique</span> : null}
      <span className="truncate font-mono text-2xs text-faint">{typeWord(attribute.type)}</span>
    </button>
  );
}
