import type { AddressInfo } from "node:net";
import PostalMime, { type Email } from "postal-mime";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";

export interface MailServer extends AsyncDisposable {
  readonly port: number;
  /** `smtp://127.0.0.1:<port>` */
  readonly url: string;
  readonly mails: (Email & { readonly recipients: readonly string[]; readonly user: string | null })[];
}

/** A real SMTP server on the loopback interface that keeps what it takes. */
export async function mailServer(options: SMTPServerOptions = {}, ownPort = 0): Promise<MailServer> {
  const mails: MailServer["mails"] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    ...options,
    async onData(stream, session, callback) {
      const chunks: Buffer[] = [];
      for await (const chunk of stream as AsyncIterable<Buffer>) chunks.push(chunk);
      const mail = await PostalMime.parse(Buffer.concat(chunks));
      const recipients = session.envelope.rcptTo.map(({ address }) => address);
      mails.push({ ...mail, recipients, user: session.user ?? null });
      callback();
    },
  });
  server.on("error", () => {});
  await new Promise<void>((resolve) => server.listen(ownPort, "127.0.0.1", resolve));
  const { port } = server.server.address() as AddressInfo;
  return {
    port,
    url: `smtp://127.0.0.1:${port}`,
    mails,
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
