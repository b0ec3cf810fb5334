import type { Metadata } from "next";
import { SignInScreen } from "#components/features/sso/SignInScreen.tsx";
import { Page } from "#components/ui/PageHeader.tsx";

export const metadata: Metadata = { title: "Sign-in" };

interface SignInSettingsProps {
  params: Promise<{ organisation: string }>;
  /** `tried`: a connection was tried, and this is what it has shown. */
  searchParams: Promise<{ tried?: string }>;
}

export default async function SignInSettingsPage({ params, searchParams }: SignInSettingsProps) {
  const { tried } = await searchParams;
  return (
    <Page>
      <SignInScreen {...(await params)} tried={tried ?? null} />
    </Page>
  );
}
