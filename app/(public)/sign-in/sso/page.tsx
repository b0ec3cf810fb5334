import type { Metadata } from "next";
import { AuthFrame } from "#components/features/accounts/AuthFrame.tsx";
import { SsoSignInForm } from "#components/features/sso/SsoSignInForm.tsx";
import { Banner } from "#components/ui/Banner.tsx";
import { readNotice } from "#server/features/sso/signIn/notice.ts";

export const metadata: Metadata = { title: "Single sign-on" };

interface SsoPageProps {
  /** `said`: why somebody was not signed in, sealed. */
  searchParams: Promise<{ next?: string; said?: string }>;
}

export default async function SsoPage({ searchParams }: SsoPageProps) {
  const { next, said } = await searchParams;
  const notice = readNotice(said);
  return (
    <AuthFrame
      title="Single sign-on"
      other={{ text: "Without it?", link: "Sign in another way", path: "/sign-in" }}
      next={next}
    >
      {notice === null ? null : (
        <Banner tone="danger" className="mb-4">
          {notice}
        </Banner>
      )}
      <SsoSignInForm next={next} />
    </AuthFrame>
  );
}
