import type { Metadata } from "next";
import { AuthFrame } from "#components/features/accounts/AuthFrame.tsx";
import { SecondFactorForm } from "#components/features/accounts/SecondFactorForm.tsx";

export const metadata: Metadata = { title: "Second step" };

export default async function SecondFactorPage({ searchParams }: { searchParams: Promise<{ next?: string }> }) {
  const { next } = await searchParams;
  return (
    <AuthFrame
      title="Second step"
      other={{ text: "Somebody else?", link: "Begin again", path: "/sign-in" }}
      next={next}
    >
      <SecondFactorForm next={next} />
    </AuthFrame>
  );
}
