/**
 * What to tell a person for the error that next-auth hands back.
 * `RateLimited:<seconds>` and `Unavailable` are ours; anything else is a refusal.
 */
export function signInMessage(error: string | null | undefined): string {
  if (!error) return "The server cannot be reached. Check the connection and try again.";
  const [reason, seconds] = error.split(":");
  if (reason === "RateLimited") return `Too many tries. Wait ${waitText(Number(seconds))} and try again.`;
  if (reason === "Unavailable") return "Signing in is not possible for the moment. Try again in a minute.";
  return "The email or the password is not right. Check both and try again.";
}

/** What to tell a person who was sent back from a provider; `name` is the provider's. */
export function providerMessage(error: string, name: string | undefined): string {
  const provider = name ?? "The provider";
  if (error === "Unverified") {
    return `${provider} does not vouch for your address. Make an account with a password, then link ${name ?? "it"} under Account, Security.`;
  }
  if (error === "LinkFirst") {
    return `There is an account with your address already. Sign in to it, then link ${name ?? "the provider"} under Account, Security.`;
  }
  if (error === "AccessDenied" || error === "OAuthCallback") {
    return `${provider} did not let you in, or it took too long. Try again.`;
  }
  return "That did not work. Try again, or choose another way.";
}

function waitText(seconds: number): string {
  if (!(seconds > 0)) return "a moment";
  return seconds < 90 ? `${Math.ceil(seconds)} seconds` : `${Math.ceil(seconds / 60)} minutes`;
}
