import type { Metadata } from "next";
import { AuthFrame } from "#components/features/accounts/AuthFrame.tsx";
import { ConfirmAddress } from "#components/features/accounts/ConfirmAddress.tsx";

export const metadata: Metadata = { title: "Confirm your address" };

export default function ConfirmPage() {
  return (
    <AuthFrame
      title="Confirm your address"
      other={{ text: "Done already?", link: "Go on", path: "/account" }}
      next={undefined}
    >
      <ConfirmAddress />
    </AuthFrame>
  );
}
