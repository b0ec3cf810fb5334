/** What the mails of a sign-in say: plain texts, without anything that somebody else could have written into them. */

export interface MailText {
  readonly subject: string;
  readonly text: string;
}

const ignore = "If this was not you, ignore this mail: nothing happens without it.";

/** `how` is what `handedOut` says. */
export function confirmSignUp(app: string, how: string): MailText {
  return {
    subject: `Confirm your address for ${app}`,
    text: `Somebody, probably you, wants to use ${app} with this address.\n\nTo go on, ${how}\n\nThis is good for one day. ${ignore}\n`,
  };
}

export function alreadySignedUp(app: string): MailText {
  return {
    subject: `You have an account at ${app} already`,
    text: `Somebody, probably you, wanted to sign up to ${app} with this address, which has an account already.\n\nSign in with it. If you no longer know your password, ask for a new one there.\n\nIf this was not you, ignore this mail: nothing has changed.\n`,
  };
}

export function invited(app: string, how: string): MailText {
  return {
    subject: `You are invited to ${app}`,
    text: `You have been invited to use ${app} with this address.\n\nTo accept, ${how}\n\nThis is good for seven days. If you expect no invitation, ignore this mail.\n`,
  };
}

export function resetPassword(app: string, how: string): MailText {
  return {
    subject: `A new password for ${app}`,
    text: `Somebody, probably you, wants a new password for ${app}.\n\nTo choose one, ${how}\n\nThis is good for one hour. ${ignore}\n`,
  };
}

export function noAccount(app: string): MailText {
  return {
    subject: `No account at ${app}`,
    text: `Somebody, probably you, wants a new password for ${app}, but there is no account with this address. Perhaps you have used another one.\n\nIf this was not you, ignore this mail.\n`,
  };
}

export function passwordChanged(app: string): MailText {
  return {
    subject: `Your password for ${app} was changed`,
    text: `The password of your account at ${app} was changed just now, and all other devices were signed out.\n\nIf this was not you, ask for a new password at once.\n`,
  };
}

export function confirmAddress(app: string, how: string): MailText {
  return {
    subject: `Confirm your address for ${app}`,
    text: `Somebody, probably you, wants to use this address for an account at ${app}.\n\nTo confirm it, ${how}\n\nThis is good for one day. ${ignore}\n`,
  };
}

export function addressTaken(app: string): MailText {
  return {
    subject: `This address has an account at ${app} already`,
    text: `Somebody, probably you, wants to use this address for another account at ${app}. An address belongs to one account: sign in with it, or use another.\n\nIf this was not you, ignore this mail: nothing has changed.\n`,
  };
}

export function addressChanged(app: string): MailText {
  return {
    subject: `Your address at ${app} was changed`,
    text: `Your account at ${app} has another address from now on; this one is no longer in use.\n\nIf this was not you, turn to whoever runs the app.\n`,
  };
}
