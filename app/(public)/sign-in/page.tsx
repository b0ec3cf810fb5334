import type { Metadata } from "next";
import Link from "next/link";
import { AuthFrame } from "#components/features/accounts/AuthFrame.tsx";
import { OtherWays } from "#components/features/accounts/OtherWays.tsx";
import { PasskeyButton, ProviderButtons } from "#components/features/accounts/ProviderButtons.tsx";
import { SignInForm } from "#components/features/accounts/SignInForm.tsx";
import { providerMessage } from "#components/features/accounts/signInMessage.ts";
import { Banner } from "#components/ui/Banner.tsx";
import { Button } from "#components/ui/Button.tsx";
import { signInProviders } from "#server/auth/providers.ts";

export const metadata: Metadata = { title: "Sign in" };

interface SignInPageProps {
  /** `error` and `provider`: why a provider's sign-in came back without one. */
  searchParams: Promise<{ next?: string; error?: string; provider?: string }>;
}

export default async function SignInPage({ searchParams }: SignInPageProps) {
  const { next, error, provider } = await searchParams;
  return (
    <AuthFrame title="Sign in" other={{ text: "New here?", link: "Create an account", path: "/sign-up" }} next={next}>
      {error === undefined ? null : (
        <Banner tone="danger" className="mb-4">
          {providerMessage(error, signInProviders().find(({ name }) => name === provider)?.name)}
        </Banner>
      )}
      <SignInForm next={next} />
      <OtherWays>
        <PasskeyButton next={next} />
        <ProviderButtons providers={signInProviders()} next={next} />
        <Button asChild size="lg">
          <Link href={next === undefined ? "/sign-in/sso" : `/sign-in/sso?next=${encodeURIComponent(next)}`}>
            Continue with single sign-on
          </Link>
        </Button>
      </OtherWays>
    </AuthFrame>
  );
}
