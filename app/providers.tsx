"use client";

import { ThemeProvider } from "next-themes";
import type { ReactNode } from "react";
import { TRPCProvider } from "#components/trpc/TRPCProvider.tsx";
import { CommandRegistry } from "#components/ui/CommandRegistry.tsx";
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
