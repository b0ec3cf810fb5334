import type { Metadata } from "next";
import { ModelScreen } from "#components/features/model/ModelScreen.tsx";

export const metadata: Metadata = { title: "Model" };

interface ModelPageProps {
  params: Promise<{ organisation: string; project: string }>;
}

export default async function ModelPage({ params }: ModelPageProps) {
  return <ModelScreen {...(await params)} />;
}
