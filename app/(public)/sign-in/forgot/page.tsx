import type { Metadata } from "next";
import { AuthFrame } from "#components/features/accounts/AuthFrame.tsx";
import { ForgotForm } from "#components/features/accounts/ForgotForm.tsx";
import { hasMailServer } from "#server/mail/hasMailServer.ts";

export const metadata: Metadata = { title: "Choose another password" };

export default function ForgotPage() {
  return (
    <AuthFrame
      title="Choose another password"
      other={{ text: "Remembered it?", link: "Sign in", path: "/sign-in" }}
      next={undefined}
    >
      <ForgotForm hasMailServer={hasMailServer()} />
    </AuthFrame>
  );
}
