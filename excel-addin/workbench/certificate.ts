import { createHash, generateKeyPairSync, randomBytes, sign, X509Certificate } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";

/** A certificate for this machine's own name, made here and trusted by nobody: Office.js insists on https. */
export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

const VALID_DAYS = 365;
const MILLISECONDS_PER_DAY = 86_400_000;

/** Keeps the certificate in a folder and makes a new one when it is about to expire. */
export async function localhostCertificate(folder: string, now = new Date()): Promise<Certificate> {
  const file = path.join(folder, "localhost.pem");
  const kept = await readFile(file, "utf8").catch(() => null);
  const [key, cert] = kept?.split("\n\n") ?? [];
  if (key && cert && isStillValid(cert, now)) return { key, cert };
  const fresh = makeCertificate(now);
  await mkdir(folder, { recursive: true });
  await writeFile(file, `${fresh.key}\n\n${fresh.cert}`, { mode: 0o600 });
  return fresh;
}

function isStillValid(cert: string, now: Date): boolean {
  try {
    const { validFrom, validTo } = new X509Certificate(cert);
    return Date.parse(validFrom) <= now.getTime() && Date.parse(validTo) - now.getTime() > MILLISECONDS_PER_DAY;
  } catch {
    return false;
  }
}

/** X.509 version 3 as in RFC 5280, signed with its own P-256 key. */
function makeCertificate(now: Date): Certificate {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const ecdsaWithSha256 = sequence(objectId("1.2.840.10045.4.3.2"));
  const name = sequence(set(sequence(objectId("2.5.4.3"), tagged(0x0c, Buffer.from("localhost")))));
  const from = new Date(now.getTime() - MILLISECONDS_PER_DAY);
  const to = new Date(now.getTime() + VALID_DAYS * MILLISECONDS_PER_DAY);
  const publicKeyInfo = publicKey.export({ type: "spki", format: "der" });
  const body = sequence(
    tagged(0xa0, integer(Buffer.from([2]))),
    integer(Buffer.concat([Buffer.from([1]), randomBytes(15)])),
    ecdsaWithSha256,
    name,
    sequence(time(from), time(to)),
    name,
    publicKeyInfo,
    tagged(0xa3, sequence(...extensions(publicKeyInfo))),
  );
  const certificate = sequence(body, ecdsaWithSha256, bits(sign("sha256", body, privateKey)));
  const base64 = certificate.toString("base64").replace(/.{64}(?!$)/g, "$&\n");
  return {
    key: privateKey.export({ type: "pkcs8", format: "pem" }).toString().trim(),
    cert: `-----BEGIN CERTIFICATE-----\n${base64}\n-----END CERTIFICATE-----`,
  };
}

function extensions(publicKeyInfo: Buffer): Buffer[] {
  const names = sequence(
    tagged(0x82, Buffer.from("localhost")),
    tagged(0x87, Buffer.from([127, 0, 0, 1])),
    tagged(0x87, Buffer.from([...Array<number>(15).fill(0), 1])),
  );
  const isNotAnAuthority = sequence();
  const forServers = sequence(objectId("1.3.6.1.5.5.7.3.1"));
  const digitalSignature = Buffer.from([0x03, 0x02, 0x07, 0x80]);
  const keyId = createHash("sha1").update(publicKeyInfo).digest();
  return [
    extension("2.5.29.19", isNotAnAuthority),
    extension("2.5.29.15", digitalSignature),
    extension("2.5.29.37", forServers),
    extension("2.5.29.17", names),
    extension("2.5.29.14", tagged(0x04, keyId)),
  ];
}

const extension = (id: string, value: Buffer): Buffer => sequence(objectId(id), tagged(0x04, value));

// ── DER ─────────────────────────────────────────────────────────────────────

function tagged(tag: number, ...contents: Buffer[]): Buffer {
  const content = Buffer.concat(contents);
  return Buffer.concat([Buffer.from([tag]), lengthOf(content.length), content]);
}

function lengthOf(length: number): Buffer {
  if (length < 0x80) return Buffer.from([length]);
  const bytes = length < 0x100 ? [length] : [length >> 8, length & 0xff];
  return Buffer.from([0x80 | bytes.length, ...bytes]);
}

const sequence = (...contents: Buffer[]): Buffer => tagged(0x30, ...contents);
const set = (...contents: Buffer[]): Buffer => tagged(0x31, ...contents);
const integer = (bytes: Buffer): Buffer => tagged(0x02, bytes);
const bits = (bytes: Buffer): Buffer => tagged(0x03, Buffer.from([0]), bytes);

/** UTCTime, as RFC 5280 wants it for years before 2050. */
const time = (instant: Date): Buffer =>
  tagged(0x17, Buffer.from(`${instant.toISOString().slice(2, 19).replace(/[-:T]/g, "")}Z`));

function objectId(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split(".").map(Number);
  const bytes = [first * 40 + second];
  for (const part of rest) {
    const groups = [part & 0x7f];
    for (let left = part >> 7; left > 0; left >>= 7) groups.unshift((left & 0x7f) | 0x80);
    bytes.push(...groups);
  }
  return tagged(0x06, Buffer.from(bytes));
}
