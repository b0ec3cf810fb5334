import { BuilderSkeleton } from "#components/features/model/BuilderSkeleton.tsx";

export default function Loading() {
  return <BuilderSkeleton />;
}
