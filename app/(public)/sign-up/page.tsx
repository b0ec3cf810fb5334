import type { Metadata } from "next";
import { AuthFrame } from "#components/features/accounts/AuthFrame.tsx";
import { OtherWays } from "#components/features/accounts/OtherWays.tsx";
import { ProviderButtons } from "#components/features/accounts/ProviderButtons.tsx";
import { SignUpForm } from "#components/features/accounts/SignUpForm.tsx";
import { signInProviders } from "#server/auth/providers.ts";

export const metadata: Metadata = { title: "Create an account" };

export default async function SignUpPage({ searchParams }: { searchParams: Promise<{ next?: string }> }) {
  const { next } = await searchParams;
  const providers = signInProviders();
  return (
    <AuthFrame
      title="Create an account"
      other={{ text: "Already have one?", link: "Sign in", path: "/sign-in" }}
      next={next}
    >
      <SignUpForm next={next} />
      {providers.length > 0 ? (
        <OtherWays>
          <ProviderButtons providers={providers} next={next} />
        </OtherWays>
      ) : null}
    </AuthFrame>
  );
}
