import { domainToASCII } from "node:url";
import { z } from "zod";

/** Everybody has an address there, so that nobody can say it is theirs. */
const publicMailboxes: ReadonlySet<string> = new Set(
  `gmail.com googlemail.com outlook.com hotmail.com live.com msn.com yahoo.com ymail.com icloud.com me.com mac.com aol.com
   gmx.de gmx.net gmx.com web.de t-online.de freenet.de mail.ru yandex.ru yandex.com proton.me protonmail.com pm.me
   tutanota.com tuta.com zoho.com fastmail.com hey.com qq.com 163.com 126.com naver.com orange.fr laposte.net free.fr
   libero.it mail.com`.split(/\s+/),
);

const shape = /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/** A domain of mail as it is stored: lower-cased, in ASCII. */
export const domainName = z
  .string()
  .trim()
  .max(253)
  .transform((text) => domainToASCII(text.replace(/^@/, "").replace(/\.$/, "").toLowerCase()))
  .refine((domain) => shape.test(domain), {
    message: "Type a domain, such as example.com.",
    params: { rule: "pattern" },
  })
  .refine((domain) => !publicMailboxes.has(domain), {
    message: "Everybody can have an address there. Add a domain that is your organisation's own.",
    params: { rule: "public" },
  });

/** Of an address of mail: what follows the last @, in ASCII; null where there is none. */
export function domainOf(email: string): string | null {
  const at = email.lastIndexOf("@");
  const domain = at < 0 ? "" : domainToASCII(email.slice(at + 1).toLowerCase());
  return domain === "" ? null : domain;
}
