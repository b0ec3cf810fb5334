import type { Metadata } from "next";
import { NewProject } from "#components/features/projects/new/NewProject.tsx";
import { Page } from "#components/ui/PageHeader.tsx";

export const metadata: Metadata = { title: "New project" };

export default async function NewProjectPage({ searchParams }: { searchParams: Promise<{ organisation?: string }> }) {
  const { organisation } = await searchParams;
  return (
    <Page>
      <NewProject organisation={organisation} />
    </Page>
  );
}
