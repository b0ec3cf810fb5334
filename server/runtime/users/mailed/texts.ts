import type { MailText } from "../mails/texts.ts";

/** Minutes for which what is mailed is good. */
export const minutes = 10;

const ignore = "If this was not you, ignore this mail: nothing happens without it.";

export function linkToSignIn(app: string, link: string): MailText {
  return {
    subject: `Sign in to ${app}`,
    text: `To sign in to ${app}, open this page and press the button there:\n\n${link}\n\nThis is good for ${minutes} minutes. ${ignore}\n`,
  };
}

export function codeToSignIn(app: string, code: string): MailText {
  return {
    subject: `Your code for ${app}`,
    text: `To sign in to ${app}, enter this code where you were asked for it:\n\n${code}\n\nThis is good for ${minutes} minutes. Tell it nobody: nobody who means well asks for it. ${ignore}\n`,
  };
}

export function nobodyToSignIn(app: string): MailText {
  return {
    subject: `No account at ${app}`,
    text: `Somebody, probably you, wants to sign in to ${app} with this address, but there is no account with it. Perhaps you have used another one.\n\nIf this was not you, ignore this mail.\n`,
  };
}
