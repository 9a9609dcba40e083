import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";

const [IV_BYTES, TAG_BYTES] = [12, 16];
const PREFIX = "v1.";

/** Keeps secrets readable to who has the key alone. `about` says whose a secret is: it opens nowhere else. */
export type SecretBox = {
  seal(secret: string, about: string): string;
  /** Throws where the key is another one, or the text was changed or belongs to somebody else. */
  open(sealed: string, about: string): string;
};

/** AES-256-GCM with a key of 32 bytes and a fresh nonce for each secret. */
export function createSecretBox(key: Buffer): SecretBox {
  if (key.length !== 32) throw new Error("A key of 32 bytes is needed.");
  return {
    seal(secret, about) {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv("aes-256-gcm", key, iv).setAAD(Buffer.from(about));
      const text = Buffer.concat([cipher.update(secret, "utf8"), cipher.final()]);
      return PREFIX + Buffer.concat([iv, cipher.getAuthTag(), text]).toString("base64url");
    },
    open(sealed, about) {
      if (!sealed.startsWith(PREFIX)) throw new Error("This is no sealed secret.");
      const bytes = Buffer.from(sealed.slice(PREFIX.length), "base64url");
      const [iv, tag] = [bytes.subarray(0, IV_BYTES), bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES)];
      const decipher = createDecipheriv("aes-256-gcm", key, iv).setAAD(Buffer.from(about)).setAuthTag(tag);
      return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]).toString("utf8");
    },
  };
}
