import { createSocket } from "node:dgram";
import type { AddressInfo } from "node:net";

export interface NameServer extends AsyncDisposable {
  /** `127.0.0.1:<port>` */
  readonly address: string;
  /** TXT records by name. */
  readonly texts: Map<string, readonly string[]>;
}

const textType = 16;

/** A server of names that answers TXT questions over UDP (RFC 1035); at a free port where none is given. */
export async function nameServer(wanted = 0): Promise<NameServer> {
  const texts = new Map<string, readonly string[]>();
  const socket = createSocket("udp4");
  socket.on("message", (question, from) => {
    const { name, type, end } = readQuestion(question);
    const found = type === textType ? (texts.get(name.toLowerCase()) ?? []) : [];
    const head = Buffer.alloc(12);
    question.copy(head, 0, 0, 2);
    // An answer with authority; without the name: NXDOMAIN.
    head.writeUInt16BE(texts.has(name.toLowerCase()) ? 0x8580 : 0x8583, 2);
    head.writeUInt16BE(1, 4);
    head.writeUInt16BE(found.length, 6);
    const answers = found.map((text) => {
      const parts = (text.match(/.{1,255}/gs) ?? [""]).map((part) =>
        Buffer.concat([Buffer.from([part.length]), Buffer.from(part)]),
      );
      const data = Buffer.concat(parts);
      const record = Buffer.alloc(12);
      record.writeUInt16BE(0xc00c, 0);
      record.writeUInt16BE(textType, 2);
      record.writeUInt16BE(1, 4);
      record.writeUInt16BE(data.length, 10);
      return Buffer.concat([record, data]);
    });
    socket.send(Buffer.concat([head, question.subarray(12, end), ...answers]), from.port, from.address);
  });
  await new Promise<void>((resolve) => socket.bind(wanted, "127.0.0.1", resolve));
  const { port } = socket.address() as AddressInfo;
  return {
    address: `127.0.0.1:${port}`,
    texts,
    async [Symbol.asyncDispose]() {
      await new Promise<void>((resolve) => socket.close(() => resolve()));
    },
  };
}

function readQuestion(message: Buffer): { readonly name: string; readonly type: number; readonly end: number } {
  const labels: string[] = [];
  let at = 12;
  for (let length = message[at] ?? 0; length > 0; length = message[at] ?? 0) {
    labels.push(message.toString("latin1", at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { name: labels.join("."), type: message.readUInt16BE(at + 1), end: at + 5 };
}
