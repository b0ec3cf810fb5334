"use client";

import type { ComponentProps } from "react";
import { useBehaviour } from "./BehaviourContext.tsx";
import type { BehaviourPlace } from "./BehaviourPlace.ts";

interface PlaceLinkProps extends Omit<ComponentProps<"a">, "href" | "onClick"> {
  to: BehaviourPlace;
}

/** A way to another part of the studio, without leaving it. */
export function PlaceLink({ to, ...rest }: PlaceLinkProps) {
  const { hrefOf, go } = useBehaviour();
  return (
    <a
      href={hrefOf(to)}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button !== 0) return;
        event.preventDefault();
        go(to);
      }}
      {...rest}
    />
  );
}
