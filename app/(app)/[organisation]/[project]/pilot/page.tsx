import { redirect } from "next/navigation";

interface PilotPageProps {
  params: Promise<{ organisation: string; project: string }>;
}

export default async function PilotPage({ params }: PilotPageProps) {
  const { organisation, project } = await params;
  redirect(`/${organisation}/${project}/pilot/slow`);
}
