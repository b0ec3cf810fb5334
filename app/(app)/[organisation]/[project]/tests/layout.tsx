import type { ReactNode } from "react";
import { TestsTabs } from "#components/features/tests/TestsTabs.tsx";

interface TestsLayoutProps {
  params: Promise<{ organisation: string; project: string }>;
  children: ReactNode;
}

/** The sections of Tests around one of them. */
export default async function TestsLayout({ params, children }: TestsLayoutProps) {
  return (
    <>
      <TestsTabs {...(await params)} />
      {children}
    </>
  );
}
