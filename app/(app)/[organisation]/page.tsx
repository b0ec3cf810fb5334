import { ProjectList } from "#components/features/projects/ProjectList.tsx";
import { Page } from "#components/ui/PageHeader.tsx";

export default async function OrganisationPage({ params }: { params: Promise<{ organisation: string }> }) {
  const { organisation } = await params;
  return (
    <Page>
      <ProjectList organisation={organisation} />
    </Page>
  );
}
