import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { placeOf } from "#components/builder/processes/studio/BehaviourPlace.ts";

export const metadata: Metadata = { title: "Behaviour" };

interface BehaviourPageProps {
  params: Promise<{ place?: readonly string[] }>;
}

/** Says whether there is such a place; the layout draws it. */
export default async function BehaviourPage({ params }: BehaviourPageProps) {
  const { place = [] } = await params;
  if (!placeOf(place)) notFound();
  return null;
}
