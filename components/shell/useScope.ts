"use client";

import { useParams } from "next/navigation";

interface Scope {
  readonly organisation: string | undefined;
  readonly project: string | undefined;
}

/** Which organisation and project the address names. */
export function useScope(): Scope {
  const params = useParams<{ organisation?: string; project?: string }>();
  return { organisation: params.organisation, project: params.project };
}
