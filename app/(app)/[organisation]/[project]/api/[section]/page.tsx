import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { isApiSection } from "#components/builder/api/ApiSection.ts";
import { ApiSectionScreen } from "#components/features/api/ApiSectionScreen.tsx";

export const metadata: Metadata = { title: "API" };

interface ApiSectionPageProps {
  params: Promise<{ organisation: string; project: string; section: string }>;
}

export default async function ApiSectionPage({ params }: ApiSectionPageProps) {
  const { section, ...scope } = await params;
  if (!isApiSection(section)) notFound();
  return <ApiSectionScreen {...scope} section={section} />;
}
