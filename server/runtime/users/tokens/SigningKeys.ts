import { randomBytes } from "node:crypto";
import { type CryptoKey, calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type JWK } from "jose";
import type postgres from "postgres";
import type { Database } from "../../exec/Database.ts";
import { own } from "../own.ts";
import type { Sealer } from "../Sealer.ts";

export const signingAlgorithm = "ES256";

export interface SigningKey {
  readonly id: string;
  readonly publicJwk: JWK;
  readonly publicKey: CryptoKey;
  readonly privateKey: CryptoKey;
  /** ms since 1970. */
  readonly signsFrom: number;
}

interface KeyRow {
  readonly id: string;
  readonly public_jwk: string;
  readonly private_jwk: string;
  readonly signs_from: string;
}

const hour = 60 * 60;
const day = 24 * hour;

/** A key signs for so many seconds. */
const life = 30 * day;
/** It is published for so many seconds before it signs, longer than anybody may keep what is published. */
const notice = 2 * hour;
/** It is published for so many seconds after the next one signs, longer than what it has signed is good for. */
const echo = 1 * hour;
/** Keys that are older than so many ms are looked at again. */
const fresh = 60_000;
/** For a key that nobody knows it is looked again after so many ms at the soonest. */
const pause = 3_000;

/** What access tokens are signed with: made by the environment itself, changed every 30 days, sealed in its database. */
export class SigningKeys {
  readonly #database: Database;
  readonly #sealer: Sealer;
  #keys: readonly SigningKey[] = [];
  #loadedAt = Number.NEGATIVE_INFINITY;
  #loading: Promise<readonly SigningKey[]> | null = null;

  constructor({ database, sealer }: { readonly database: Database; readonly sealer: Sealer }) {
    this.#database = database;
    this.#sealer = sealer;
  }

  /** All that are published, the newest first. */
  async all(): Promise<readonly SigningKey[]> {
    return performance.now() - this.#loadedAt < fresh ? this.#keys : this.#load();
  }

  /** The one that signs now. */
  async current(): Promise<SigningKey> {
    const now = Date.now();
    const keys = await this.all();
    const key = keys.find(({ signsFrom }) => signsFrom <= now) ?? keys.at(-1);
    if (!key) throw new Error("There is no key to sign with.");
    return key;
  }

  /** Whether a key is still published, as far as is known: a minute old at most, where somebody asks for keys. */
  publishes(id: string): boolean {
    return this.#keys.some((key) => key.id === id);
  }

  /** Null where there is no such key. */
  async named(id: string): Promise<SigningKey | null> {
    const find = (keys: readonly SigningKey[]) => keys.find((key) => key.id === id) ?? null;
    const known = find(await this.all());
    if (known || performance.now() - this.#loadedAt < pause) return known;
    return find(await this.#load());
  }

  /** A new key signs from now on, and what older ones have signed is good no longer. */
  async replace(): Promise<void> {
    const made = await this.#make();
    await own(this.#database, async (sql) => {
      await sql`delete from gantry_signing_keys`;
      await insert(sql, made, 0);
    });
    await this.#load();
  }

  #load(): Promise<readonly SigningKey[]> {
    this.#loading ??= this.#read().finally(() => {
      this.#loading = null;
    });
    return this.#loading;
  }

  async #read(): Promise<readonly SigningKey[]> {
    const rows = await own(this.#database, async (sql) => {
      const found = await readRows(sql);
      return isComplete(found) ? found : this.#renewed(sql);
    });
    const known = new Map(this.#keys.map((key) => [key.id, key]));
    this.#keys = await Promise.all(
      rows.map(async (row) => {
        const key = known.get(row.id) ?? (await this.#open(row));
        return { ...key, signsFrom: Date.parse(row.signs_from) };
      }),
    );
    this.#loadedAt = performance.now();
    return this.#keys;
  }

  /** Adds the next key where it is time and puts away those that nothing can be signed with any more. */
  async #renewed(sql: postgres.TransactionSql): Promise<readonly KeyRow[]> {
    // Of several runtimes at once only one does it, and the others see what it did.
    await sql`select pg_advisory_xact_lock(hashtext('gantry_signing_keys'))`;
    const rows = await readRows(sql);
    if (isComplete(rows)) return rows;
    const needed = lacksNext(rows);
    if (needed) await insert(sql, await this.#make(), rows.length === 0 ? 0 : notice);
    for (const { id } of outlived(rows)) await sql`delete from gantry_signing_keys where id = ${id}`;
    return readRows(sql);
  }

  async #make(): Promise<Pick<KeyRow, "id" | "public_jwk" | "private_jwk">> {
    const pair = await generateKeyPair(signingAlgorithm, { extractable: true });
    const [publicJwk, privateJwk] = [await exportJWK(pair.publicKey), await exportJWK(pair.privateKey)];
    const id = `${randomBytes(3).toString("hex")}-${(await calculateJwkThumbprint(publicJwk)).slice(0, 16)}`;
    return {
      id,
      public_jwk: JSON.stringify({ ...publicJwk, kid: id, alg: signingAlgorithm, use: "sig" }),
      private_jwk: this.#sealer.seal(JSON.stringify(privateJwk), placeOf(id)),
    };
  }

  async #open(row: KeyRow): Promise<Omit<SigningKey, "signsFrom">> {
    const publicJwk = JSON.parse(row.public_jwk) as JWK;
    const privateJwk = JSON.parse(this.#sealer.open(row.private_jwk, placeOf(row.id))) as JWK;
    return {
      id: row.id,
      publicJwk,
      publicKey: (await importJWK(publicJwk, signingAlgorithm)) as CryptoKey,
      privateKey: (await importJWK(privateJwk, signingAlgorithm)) as CryptoKey,
    };
  }
}

async function readRows(sql: postgres.TransactionSql): Promise<readonly KeyRow[]> {
  return sql<KeyRow[]>`select * from gantry_signing_keys order by signs_from desc, id`;
}

async function insert(
  sql: postgres.TransactionSql,
  { id, public_jwk, private_jwk }: Pick<KeyRow, "id" | "public_jwk" | "private_jwk">,
  seconds: number,
): Promise<void> {
  await sql`
    insert into gantry_signing_keys (id, public_jwk, private_jwk, signs_from)
    values (${id}, ${public_jwk}, ${private_jwk}, now() + make_interval(secs => ${String(seconds)}))`;
}

function isComplete(rows: readonly KeyRow[]): boolean {
  return !lacksNext(rows) && outlived(rows).length === 0;
}

/** The newest has signed, or is about to have signed, for as long as it should. */
function lacksNext([newest]: readonly KeyRow[]): boolean {
  return !newest || Date.parse(newest.signs_from) < Date.now() - 1000 * (life - notice);
}

/** Those whose successor has signed for long. */
function outlived(rows: readonly KeyRow[]): readonly KeyRow[] {
  return rows.filter((_, at) => {
    const next = rows[at - 1];
    return next !== undefined && Date.parse(next.signs_from) < Date.now() - 1000 * echo;
  });
}

function placeOf(id: string): string {
  return `gantry_signing_keys.${id}`;
}
