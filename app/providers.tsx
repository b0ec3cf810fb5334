"use client";

import { ThemeProvider } from "next-themes";
import type { ReactNode } from "react";
import { CommandRegistry } from "#components/shell/CommandRegistry.tsx";
import { TRPCProvider } from "#components/trpc/TRPCProvider.tsx";
import { Toaster } from "#components/ui/Toaster.tsx";
import { TooltipProvider } from "#components/ui/Tooltip.tsx";

export function Providers({ children }: { children: ReactNode }) {
  return (
    <ThemeProvider attribute="class" defaultTheme="system" enableSystem disableTransitionOnChange>
      <TRPCProvider>
        <TooltipProvider>
          <CommandRegistry>{children}</CommandRegistry>
          <Toaster />
        </TooltipProvider>
      </TRPCProvider>
    </ThemeProvider>
  );
}
