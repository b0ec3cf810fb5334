"use client";

import { CopyButton } from "#components/ui/CopyButton.tsx";
import { kebabCase } from "#lib/model/naming/kebabCase.ts";
import { useBehaviour } from "../studio/BehaviourContext.tsx";

/** The address at which a hook is called. */
function useHookUrl(hook: string): string {
  const { appUrl } = useBehaviour();
  return `${appUrl ?? ""}/hooks/${kebabCase(hook)}`;
}

export function HookUrl({ hook }: { hook: string }) {
  const url = useHookUrl(hook);
  return (
    <span className="flex min-w-0 items-center gap-1">
      <code className="min-w-0 break-all font-mono text-xs">{url}</code>
      <CopyButton text={url} label={`Copy address of ${hook}`} />
    </span>
  );
}
