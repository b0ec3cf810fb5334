import type { Metadata } from "next";
import { ApiSectionScreen } from "#components/features/api/ApiSectionScreen.tsx";

export const metadata: Metadata = { title: "API" };

interface ApiPageProps {
  params: Promise<{ organisation: string; project: string }>;
}

export default async function ApiPage({ params }: ApiPageProps) {
  return <ApiSectionScreen {...(await params)} section="connect" />;
}
