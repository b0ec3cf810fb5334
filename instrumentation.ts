/** Next.js calls it once, before the first request. It also compiles it for a runtime that has no sockets. */
export async function register(): Promise<void> {
  // Next.js puts the value in while it compiles; it is no setting.
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { recordPeerAddresses } = await import("#server/http/clientAddress.ts");
  recordPeerAddresses();
  const { insistOnHttps } = await import("#server/http/insistOnHttps.ts");
  insistOnHttps();
  const { keepRegistered } = await import("#server/jobs/registration/keepRegistered.ts");
  void keepRegistered();
}
