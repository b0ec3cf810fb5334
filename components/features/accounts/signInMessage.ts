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

function waitText(seconds: number): string {
  if (!(seconds > 0)) return "a moment";
  return seconds < 90 ? `${Math.ceil(seconds)} seconds` : `${Math.ceil(seconds / 60)} minutes`;
}
