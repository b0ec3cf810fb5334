import type { Metadata } from "next";
import { AuthFrame } from "#components/features/accounts/AuthFrame.tsx";
import { ResetForm } from "#components/features/accounts/ResetForm.tsx";

export const metadata: Metadata = { title: "Choose another password" };

export default function ResetPage() {
  return (
    <AuthFrame
      title="Choose another password"
      other={{ text: "Remembered it?", link: "Sign in", path: "/sign-in" }}
      next={undefined}
    >
      <ResetForm />
    </AuthFrame>
  );
}
