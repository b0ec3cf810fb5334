import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from "@simplewebauthn/server";

interface Asked {
  readonly challenge: string;
}

interface Circumstances {
  /** Where the browser says that it is. */
  readonly origin?: string;
  /** Whose passkey it is asked for. */
  readonly host?: string;
  /** Whether the person has shown their finger or code. */
  readonly verified?: boolean;
}

/** An authenticator of one passkey (WebAuthn level 2, ES256, no attestation), honest or not. */
export class SoftPasskey {
  readonly id = randomBytes(16).toString("base64url");
  /** How often it has signed; set it back to be a copy. */
  count = 0;
  readonly #key: KeyObject;
  readonly #publicKey: Buffer;
  #userHandle = "";

  constructor() {
    const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const { x = "", y = "" } = publicKey.export({ format: "jwk" });
    this.#key = privateKey;
    // COSE: {1: 2, 3: -7, -1: 1, -2: x, -3: y}.
    const [bx, by] = [Buffer.from(x, "base64url"), Buffer.from(y, "base64url")];
    this.#publicKey = Buffer.concat([Buffer.from("a5010203262001215820", "hex"), bx, Buffer.from("225820", "hex"), by]);
  }

  register(
    asked: Asked & { readonly user: { readonly id: string } },
    where: Circumstances = {},
  ): RegistrationResponseJSON {
    this.#userHandle = asked.user.id;
    const id = Buffer.from(this.id, "base64url");
    const length = Buffer.alloc(2);
    length.writeUInt16BE(id.length);
    const known = Buffer.concat([Buffer.alloc(16), length, id, this.#publicKey]);
    const data = Buffer.concat([this.#authenticatorData(where, 0x40), known]);
    const size = Buffer.alloc(2);
    size.writeUInt16BE(data.length);
    // {"fmt": "none", "attStmt": {}, "authData": data}.
    const attestation = Buffer.concat([
      Buffer.from("a363666d74646e6f6e656761747453746d74a068617574684461746159", "hex"),
      size,
      data,
    ]);
    const clientDataJSON = this.#clientData("webauthn.create", asked, where).toString("base64url");
    const response = { clientDataJSON, attestationObject: attestation.toString("base64url"), transports: ["internal"] };
    return {
      id: this.id,
      rawId: this.id,
      type: "public-key",
      response,
      clientExtensionResults: {},
    } as RegistrationResponseJSON;
  }

  show(asked: Asked, where: Circumstances = {}): AuthenticationResponseJSON {
    this.count += 1;
    const data = this.#authenticatorData(where, 0);
    const client = this.#clientData("webauthn.get", asked, where);
    const signed = Buffer.concat([data, createHash("sha256").update(client).digest()]);
    const response = {
      clientDataJSON: client.toString("base64url"),
      authenticatorData: data.toString("base64url"),
      signature: sign("sha256", signed, this.#key).toString("base64url"),
      userHandle: this.#userHandle,
    };
    return { id: this.id, rawId: this.id, type: "public-key", response, clientExtensionResults: {} };
  }

  #authenticatorData({ host = "localhost", verified = true }: Circumstances, more: number): Buffer {
    const count = Buffer.alloc(4);
    count.writeUInt32BE(this.count);
    const flags = Buffer.from([0x01 | (verified ? 0x04 : 0) | more]);
    return Buffer.concat([createHash("sha256").update(host).digest(), flags, count]);
  }

  #clientData(type: string, { challenge }: Asked, { origin = "http://localhost:3000" }: Circumstances): Buffer {
    return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
  }
}
