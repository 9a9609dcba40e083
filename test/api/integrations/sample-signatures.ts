import { createHash } from "node:crypto";
import { deflateSync } from "node:zlib";
import type { SignatureRecord } from "../../../server/integrations/pdf/signature-record";
import { sampleOffer } from "./sample-offer";

const crcOf = (bytes: Buffer): number => {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
};

const chunk = (type: string, data: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const [length, crc] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  crc.writeUInt32BE(crcOf(body));
  return Buffer.concat([length, body, crc]);
};

/** A wave of ink on nothing, as somebody draws it on a phone. */
export const drawnSignature = (width = 240, height = 80): Buffer => {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 6, 0, 0, 0], 8);
  const rows = Array.from({ length: height }, (_, y) => {
    const row = Buffer.alloc(1 + width * 4);
    for (let x = 0; x < width; x++) {
      const line = height / 2 + (Math.sin(x / 14) + Math.sin(x / 5) / 3) * height * 0.3;
      if (Math.abs(y - line) < 2.2) row.set([20, 24, 80, 255], 1 + x * 4);
    }
    return row;
  });
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(Buffer.concat(rows))),
    chunk("IEND", Buffer.alloc(0)),
  ]);
};

/** The sample offer, signed by both: one typed, one drew. */
export const sampleRecord = (offer: Buffer, more: Partial<SignatureRecord> = {}): SignatureRecord => {
  const { locale, paper, number, version, title, seller } = sampleOffer();
  return {
    locale,
    paper,
    number,
    version,
    title,
    seller,
    offerSha256: createHash("sha256").update(offer).digest("hex"),
    ids: [
      { label: "Quote", value: "0192d3c4-0000-7000-8000-000000000001" },
      { label: "Signature request", value: "0192d3c4-0000-7000-8000-000000000002" },
    ],
    signers: [
      {
        order: 1,
        name: "Ada Byron",
        title: "Chief Financial Officer",
        company: "Northwind Freight Holdings plc",
        email: "ada.byron@northwind.example.com",
        signature: { kind: "typed", text: "Ada Byron" },
        consent:
          "I agree to sign this document electronically, and that my signature binds the company that I sign for.",
        signedAt: new Date("2026-11-04T10:31:05Z"),
        ip: "203.0.113.7",
        browser:
          "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15",
        identifiedBy: "By the link sent to ada.byron@northwind.example.com",
      },
      {
        order: 2,
        name: "Grace Hopper",
        title: "Managing Director",
        company: "Ledgerline Software Ltd",
        email: "grace@ledgerline.example.com",
        signature: { kind: "drawn", png: drawnSignature() },
        consent:
          "I agree to sign this document electronically, and that my signature binds the company that I sign for.",
        signedAt: new Date("2026-11-05T16:02:40Z"),
        ip: "2001:db8::7",
        browser: null,
        identifiedBy: "By the link sent to grace@ledgerline.example.com",
      },
    ],
    events: [
      { at: new Date("2026-11-03T09:00:00Z"), what: "Sent to ada.byron@northwind.example.com" },
      { at: new Date("2026-11-04T10:29:12Z"), what: "Viewed by Ada Byron" },
    ],
    timeZone: "Europe/London",
    completedAt: new Date("2026-11-05T16:02:40Z"),
    ...more,
  };
};
