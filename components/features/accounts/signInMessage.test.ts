import { expect, test } from "vitest";
import { signInMessage } from "./signInMessage.ts";

test.each([
  ["RateLimited:61", "Too many tries. Wait 61 seconds and try again."],
  ["RateLimited:840", "Too many tries. Wait 14 minutes and try again."],
  ["Unavailable", "Signing in is not possible for the moment. Try again in a minute."],
  ["CredentialsSignin", "The email or the password is not right. Check both and try again."],
  [undefined, "The server cannot be reached. Check the connection and try again."],
])("%j is told as %j", (error, sentence) => {
  expect(signInMessage(error)).toBe(sentence);
});
