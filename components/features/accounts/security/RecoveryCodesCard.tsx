"use client";

import { Download } from "lucide-react";
import { useTRPCClient } from "#components/trpc/TRPCProvider.tsx";
import { Banner } from "#components/ui/Banner.tsx";
import { Button } from "#components/ui/Button.tsx";
import { Card } from "#components/ui/Card.tsx";
import { CopyButton } from "#components/ui/CopyButton.tsx";
import { useProvenMutation } from "../proof/useProvenMutation.ts";

interface RecoveryCodesCardProps {
  left: number;
  /** Those just made, at the only moment at which they are known. */
  codes: readonly string[] | null;
  onRenewed: (codes: readonly string[]) => void;
}

/** What opens the account when the other factors are lost. */
export function RecoveryCodesCard({ left, codes, onRenewed }: RecoveryCodesCardProps) {
  const client = useTRPCClient();
  const renew = useProvenMutation(
    () => client.factors.recoveryCodes.renew.mutate(),
    ({ recoveryCodes }) => onRenewed(recoveryCodes),
  );
  return (
    <Card
      title="Recovery codes"
      description={`For when you have lost your other factors. Each is good once; ${left === 1 ? "one is" : `${left === 0 ? "none" : left} are`} left.`}
      actions={
        <Button size="sm" pending={renew.isPending} onClick={() => renew.mutate(undefined)}>
          Make new codes
        </Button>
      }
    >
      {renew.failure ? <Banner tone="danger">{renew.failure.message}</Banner> : null}
      {codes ? (
        <Banner tone="success" title="Keep these codes where you find them without this device">
          <div className="flex flex-col gap-3 pt-2">
            <ol
              data-testid="recovery-codes"
              className="grid gap-x-6 gap-y-1 rounded-md border bg-surface p-3 font-mono text-xs sm:grid-cols-2"
            >
              {codes.map((code) => (
                <li key={code}>{code}</li>
              ))}
            </ol>
            <div className="flex flex-wrap gap-2">
              <CopyButton text={codes.join("\n")} label="Copy codes" withText />
              <Button size="sm" icon={<Download aria-hidden />} onClick={() => download(codes)}>
                Download codes
              </Button>
            </div>
            <p className="text-muted text-xs">They are not shown again. Those from before are no longer good.</p>
          </div>
        </Banner>
      ) : left < 3 ? (
        <Banner tone="warning">Few codes are left. Make new ones, and keep them where you find them.</Banner>
      ) : null}
    </Card>
  );
}

function download(codes: readonly string[]): void {
  const url = URL.createObjectURL(
    new Blob([`Recovery codes for Gantry\n\n${codes.join("\n")}\n`], { type: "text/plain" }),
  );
  const link = document.createElement("a");
  link.href = url;
  link.download = "gantry-recovery-codes.txt";
  link.click();
  URL.revokeObjectURL(url);
}
