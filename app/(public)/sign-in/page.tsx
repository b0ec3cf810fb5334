import type { Metadata } from "next";
import { AuthFrame } from "#components/features/accounts/AuthFrame.tsx";
import { SignInForm } from "#components/features/accounts/SignInForm.tsx";

export const metadata: Metadata = { title: "Sign in" };

export default async function SignInPage({ searchParams }: { searchParams: Promise<{ next?: string }> }) {
  const { next } = await searchParams;
  return (
    <AuthFrame title="Sign in" other={{ text: "New here?", link: "Create an account", path: "/sign-up" }} next={next}>
      <SignInForm next={next} />
    </AuthFrame>
  );
}
