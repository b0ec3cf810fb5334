"use client";

import { useState } from "react";

/** Goes to a page elsewhere; `isLeaving` until it is there, so that buttons do not come back in between. */
export function useLeave() {
  const [isLeaving, setLeaving] = useState(false);
  return {
    isLeaving,
    leaveFor(url: string) {
      setLeaving(true);
      window.location.assign(url);
    },
  };
}
