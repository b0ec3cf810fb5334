import { env } from "../../env.ts";
import type { Mail } from "../../mail/sendMail.ts";
import { linkHours } from "./mailedLinks.ts";

interface Person {
  readonly email: string;
  readonly name: string;
}

/** The mails about accounts, each by what it is to. */
export const mails = {
  confirmAddress: (person: Person, link: string) =>
    mail(person, "Confirm your address", [
      "follow this link to confirm that this is your address:",
      link,
      `It is good for ${linkHours.address} hours. If you did not make an account with Gantry, ignore this mail.`,
    ]),

  /** Somebody signs up with an address that has an account. */
  accountExists: (person: Person) =>
    mail(person, "You have an account already", [
      "somebody, perhaps you, wanted to make an account with this address. There is one already, and nothing was changed.",
      `Sign in: ${page("/sign-in")}`,
      `Or choose another password: ${page("/sign-in/forgot")}`,
    ]),

  confirmChange: (person: Person, link: string) =>
    mail(person, "Confirm your new address", [
      "follow this link to make this the address of your account:",
      link,
      `It is good for ${linkHours.address} hours. Until then your old address stays.`,
    ]),

  addressWanted: (person: Person) =>
    mail(person, "Somebody wanted to use your address", [
      "somebody, perhaps you, wanted to make this the address of another account. You have an account with it already, so nothing was changed.",
    ]),

  changeAsked: (person: Person, next: string) =>
    mail(person, "Your address is about to change", [
      `somebody who is signed in to your account asked to change its address to ${next}. Nothing changes until a link that was sent there is followed.`,
      `If that was not you, change your password now: ${page("/account/security")}`,
    ]),

  addressChanged: (person: Person, next: string) =>
    mail(person, "Your address was changed", [
      `the address of your account is now ${next}. Mails no longer come here.`,
      "If that was not you, tell whoever runs this installation.",
    ]),

  resetPassword: (person: Person, link: string) =>
    mail(person, "Choose another password", [
      "follow this link to choose another password:",
      link,
      "It is good for an hour and once. If you did not ask for it, ignore this mail: your password stays.",
    ]),

  passwordChanged: (person: Person) =>
    mail(person, "Your password was changed", [
      "the password of your account was changed, and other browsers were signed out.",
      `If that was not you, choose another one: ${page("/sign-in/forgot")}`,
    ]),

  linkAdded: (person: Person, provider: string) =>
    mail(person, "How you sign in has changed", [
      `an account at ${provider} was linked to yours: one can sign in with it from now on.`,
      `If that was not you, remove it: ${page("/account/security")}`,
    ]),

  linkRemoved: (person: Person) =>
    mail(person, "How you sign in has changed", [
      "an account elsewhere was taken from yours: one can no longer sign in with it.",
      `If that was not you, choose another password: ${page("/sign-in/forgot")}`,
    ]),

  accountRemoved: (person: Person) =>
    mail(person, "Your account was deleted", ["your account and all that belonged to you alone are deleted."]),
};

function mail({ email: to, name }: Person, subject: string, paragraphs: readonly string[]): Mail {
  return { to, subject, text: [`Hello ${name},`, ...paragraphs].join("\n\n") };
}

function page(path: string): string {
  return new URL(path, env().NEXTAUTH_URL).href;
}
