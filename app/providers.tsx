"use client";

import { setNonce } from "get-nonce";
import { ThemeProvider } from "next-themes";
import type { ReactNode } from "react";
import { TRPCProvider } from "#components/trpc/TRPCProvider.tsx";
import { CommandRegistry } from "#components/ui/CommandRegistry.tsx";
import { pageNonce } from "#components/ui/pageNonce.ts";
import { Toaster } from "#components/ui/Toaster.tsx";
import { TooltipProvider } from "#components/ui/Tooltip.tsx";

// Dialogs and menus hold the page behind them still by style elements.
if (typeof document !== "undefined") setNonce(pageNonce());

interface ProvidersProps {
  children: ReactNode;
  /** Of the request; see server/http/securityHeaders.ts. */
  nonce: string;
}

export function Providers({ children, nonce }: ProvidersProps) {
  return (
    <ThemeProvider attribute="class" defaultTheme="system" enableSystem disableTransitionOnChange nonce={nonce}>
      <TRPCProvider>
        <TooltipProvider>
          <CommandRegistry>{children}</CommandRegistry>
          <Toaster />
        </TooltipProvider>
      </TRPCProvider>
    </ThemeProvider>
  );
}
