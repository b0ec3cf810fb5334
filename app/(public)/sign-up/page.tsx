import type { Metadata } from "next";
import { AuthFrame } from "#components/features/accounts/AuthFrame.tsx";
import { SignUpForm } from "#components/features/accounts/SignUpForm.tsx";

export const metadata: Metadata = { title: "Create an account" };

export default async function SignUpPage({ searchParams }: { searchParams: Promise<{ next?: string }> }) {
  const { next } = await searchParams;
  return (
    <AuthFrame
      title="Create an account"
      other={{ text: "Already have one?", link: "Sign in", path: "/sign-in" }}
      next={next}
    >
      <SignUpForm next={next} />
    </AuthFrame>
  );
}
