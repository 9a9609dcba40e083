import { createHash } from "node:crypto";
import { PDFDocument } from "@cantoo/pdf-lib";
import { describe, expect, test } from "vitest";
import { appendSignatures } from "../../../server/integrations/pdf/append-signatures";
import { checkSignedPdf } from "../../../server/integrations/pdf/check-signed-pdf";
import type { OfferDocument } from "../../../server/integrations/pdf/offer-document";
import { renderOfferPdf } from "../../../server/integrations/pdf/render-offer-pdf";
import { signatureSpots } from "../../../server/integrations/pdf/signature-places";
import { readPdf } from "./read-pdf";
import { sampleOffer, sampleOfferLine, sampleOfferOfLines } from "./sample-offer";
import { drawnSignature, sampleRecord } from "./sample-signatures";

const render = async (document: OfferDocument) => readPdf(await renderOfferPdf(document));
const hashOf = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

describe("an offer", () => {
  test("says everything it was given", async () => {
    const { text } = await render(sampleOffer());
    for (const said of [
      "Q-00042",
      "version 2",
      "Northwind platform 2027–2028",
      "Northwind Freight Holdings plc",
      "Ada Byron",
      "Tax number GB 318 4420 91",
      "Valid until 30 November 2026",
      "£28,160.00",
      "thank you for the good talks",
      "1 January 2027 – 31 December 2028 (24 months)",
      "Within 30 days of the invoice date.",
      "First year 1 January – 31 December 2027 (12 months)",
      "£0.10 per call up to 1,000, then £0.05",
      "Free of charge for the first 3 months",
      "40 seats",
      "£540.00",
      "list £600.00",
      "by usage",
      "Total of this phase list £14,200.00, discount -£2,220.00 £11,980.00",
      "At least £1,000.00 per month for all lines together",
      "Year 2 £16,800.00 -£620.00 £16,180.00 1 Jan – 31 Dec 2028",
      "Total contract value £31,000.00 -£2,840.00 £28,160.00 24 months",
      "1 December 2027 £1,040.00",
      "The move of the first four depots",
      "For Northwind Freight Holdings plc",
      "Grace Hopper",
    ])
      expect(text).toContain(said);
  });

  test("counts its pages, names itself on each, and keeps the signatures on the last", async () => {
    const { pages } = await render(sampleOffer());
    for (const [index, page] of pages.entries()) {
      expect(page).toContain(`Q-00042 · version 2 · page ${index + 1} of ${pages.length}`);
      expect(page).toContain("Northwind platform 2027–2028");
      expect(page.includes("By signing, the parties agree")).toBe(index === pages.length - 1);
    }
  });

  test("names itself, its author and its language, and is tagged for screen readers", async () => {
    const { info, structure } = await render(sampleOffer());
    expect(info).toMatchObject({
      Title: "Quote Q-00042 · version 2 · Northwind platform 2027–2028 · Ledgerline Software Ltd",
      Author: "Ledgerline Software Ltd",
      Language: "en-GB",
      CreationDate: "D:20261103090000Z",
    });
    for (const role of ["H1", "H2", "H3", "TH", "TD"]) expect(structure).toContain(role);
    expect(structure.filter((role) => role === "H1")).toHaveLength(1);
  });

  test("is the same bytes whenever and in whatever company it is rendered", async () => {
    const first = await renderOfferPdf(sampleOffer());
    const [again, other] = await Promise.all([
      renderOfferPdf(sampleOffer()),
      renderOfferPdf(sampleOffer({ notes: "東京 שלום 😀" })),
    ]);
    expect(again.equals(first)).toBe(true);
    expect(other.equals(first)).toBe(false);
  });

  test("that is a draft says so on every page, and without signers has no page for them", async () => {
    const { pages } = await render(sampleOffer({ mark: "draft", signers: [] }));
    for (const page of pages) expect(page).toContain("DRAFT");
    expect(pages.join(" ")).not.toContain("By signing");
  });

  test("of 100 lines shows each once, under a heading on each page", async () => {
    const { pages, text } = await render(sampleOfferOfLines(100));
    const depots = Array.from(text.matchAll(/Depot (\d+)/g), ([, depot]) => Number(depot));
    expect(depots).toEqual(Array.from({ length: 100 }, (_, index) => index + 1));
    for (const page of pages.filter((it) => it.includes("Depot"))) expect(page).toContain("Quantity");
  });

  test.each([3, 4, 5, 6, 7, 8, 9, 10])(
    "of phases with %i lines leaves no line of one alone on a page",
    async (count) => {
      const [phase] = sampleOffer().phases;
      const linesOf = (name: string) =>
        Array.from({ length: count }, (_, index) => sampleOfferLine({ description: `Depot ${name}${index + 1}.` }));
      const phases = phase ? ["A", "B", "C"].map((name) => ({ ...phase, name, lines: linesOf(name) })) : [];
      const { pages } = await render(sampleOffer({ phases }));
      for (const { name } of phases) {
        const onPages = pages.map((page) => page.split(`Depot ${name}`).length - 1).filter((lines) => lines > 0);
        expect(onPages.reduce((sum, lines) => sum + lines, 0)).toBe(count);
        expect(Math.min(...onPages)).toBeGreaterThan(1);
      }
    },
  );

  test("with nothing on it yet still is one", async () => {
    const { text } = await render(
      sampleOffer({
        introduction: null,
        highlights: [],
        terms: [],
        phases: [{ name: "Phase 1", days: "from 1 January 2027 until further notice", lines: [], total: null }],
        commitments: [],
        totals: null,
        invoices: null,
        notes: null,
      }),
    );
    expect(text).toContain("Nothing yet");
  });

  test("of an amendment lists its changes in words", async () => {
    const { text } = await render(
      sampleOffer({
        kind: "amendment",
        phases: [],
        totals: null,
        invoices: null,
        changes: [
          { subject: "Seats", sentence: "The quantity goes from 40 to 60.", details: [], days: "from 1 March 2027" },
        ],
      }),
    );
    expect(text).toContain("Amendment quote");
    expect(text).toContain("Seats The quantity goes from 40 to 60. from 1 March 2027");
  });

  test("shows the seller's logo in the place of its initial", async () => {
    const { seller } = sampleOffer();
    const logo = { contentType: "image/png", content: drawnSignature() } as const;
    const { structure } = await render(sampleOffer({ seller: { ...seller, logo } }));
    expect(structure).toContain("Figure");
  });

  test("lets long terms and conditions run over as many pages as they need", async () => {
    const closing = Array.from(
      { length: 60 },
      (_, index) => `${index + 1}. Clause\n${"All that is said holds. ".repeat(30)}`,
    );
    const { pages, pieces } = await render(sampleOffer({ closing: closing.join("\n\n") }));
    expect(pages.length).toBeGreaterThan(9);
    expect(pages.join(" ").match(/Clause/g)).toHaveLength(60);
    const body = pieces.filter(({ text }) => text.includes("All that is said"));
    expect(Math.min(...body.map(({ bottom }) => bottom))).toBeGreaterThan(50);
  });

  test.each([
    ["10,000 letters without a space", "x".repeat(10_000)],
    ["Arabic", "شركة المثال للتجارة (ش.م.م) 2026"],
    ["Japanese", "株式会社東京グリッド"],
    ["emoji", "👨‍👩‍👧‍👦 😀 ✓"],
    ["control characters", "a\u0000b\u202Ec\u0007"],
    ["PDF syntax", ") Tj ET (%%EOF <</Type /Catalog>>"],
    ["nothing but spaces", " \t\n "],
  ])("takes %s in any field and stays inside the page", async (_, hostile) => {
    const line = sampleOfferLine({ description: hostile, price: [hostile], details: [hostile], quantity: hostile });
    const { pieces, text } = await render(
      sampleOffer({
        title: hostile,
        number: hostile,
        introduction: hostile,
        notes: hostile,
        closing: hostile,
        customer: {
          legalName: hostile,
          addressLines: [hostile],
          taxId: hostile,
          contact: { name: hostile, email: null },
        },
        terms: [{ label: hostile, value: hostile }],
        phases: [{ name: hostile, days: "1 January 2027", lines: [line], total: null }],
        commitments: [{ kind: hostile, description: hostile, sentence: hostile }],
        signers: [{ order: 1, name: hostile, title: hostile, company: hostile }],
      }),
    );
    expect(text).toContain("£28,160.00");
    expect(Math.min(...pieces.map(({ left }) => left))).toBeGreaterThan(40);
    expect(Math.max(...pieces.map(({ right }) => right))).toBeLessThan(560);
  });
});

describe("a signed offer", () => {
  test("begins with the very bytes that were sent", async () => {
    const offer = await renderOfferPdf(sampleOffer());
    const signed = await appendSignatures(offer, sampleRecord(offer));
    expect(signed.subarray(0, offer.length).equals(offer)).toBe(true);
    expect(signed.length).toBeGreaterThan(offer.length);
  });

  test("has the signatures on its page and a record of them behind, and every other page as it was", async () => {
    const offer = await renderOfferPdf(sampleOffer());
    const [before, after] = [await readPdf(offer), await readPdf(await appendSignatures(offer, sampleRecord(offer)))];
    const last = before.pages.length - 1;
    expect(after.pages.slice(0, last)).toEqual(before.pages.slice(0, last));
    expect(after.pages[last]).toContain("4 November 2026");
    expect(after.pages[last]).toContain("5 November 2026");
    expect(after.pages.length).toBeGreaterThan(before.pages.length);
    const record = after.pages.slice(last + 1).join(" ");
    for (const said of [
      "Record of signatures",
      hashOf(offer),
      `the first ${offer.length.toLocaleString("en-GB")} bytes of this file`,
      "ada.byron@northwind.example.com",
      "I agree to sign this document electronically",
      "4 November 2026, 10:31:05 (UTC+00:00, Europe/London)",
      "203.0.113.7",
      "Version/17.5 Safari/605.1.15",
      "By the link sent to grace@ledgerline.example.com",
      "Signature request",
      "Viewed by Ada Byron",
    ])
      expect(record).toContain(said);
  });

  test("is still tagged: signatures are pictures with words, the record reads like any page", async () => {
    const offer = await renderOfferPdf(sampleOffer());
    const { structure } = await readPdf(await appendSignatures(offer, sampleRecord(offer)));
    expect(structure.filter((role) => role === "Figure")).toHaveLength(2);
    expect(structure.filter((role) => role === "H3").length).toBeGreaterThanOrEqual(4);
  });

  test("fills in the names that were left blank", async () => {
    const signers = sampleOffer().signers.map((signer) => ({ ...signer, name: null, title: null }));
    const offer = await renderOfferPdf(sampleOffer({ signers }));
    const { pages } = await readPdf(await appendSignatures(offer, sampleRecord(offer)));
    const page = pages.find((text) => text.includes("By signing"));
    for (const said of ["Ada Byron", "Chief Financial Officer", "Grace Hopper"]) expect(page).toContain(said);
  });

  test("keeps the signature of somebody without a block on the record", async () => {
    const [first] = sampleOffer().signers;
    const offer = await renderOfferPdf(sampleOffer({ signers: first ? [first] : [] }));
    const { structure } = await readPdf(await appendSignatures(offer, sampleRecord(offer)));
    expect(structure.filter((role) => role === "Figure")).toHaveLength(2);
  });

  test("is the same bytes for the same signatures", async () => {
    const offer = await renderOfferPdf(sampleOffer());
    const [one, other] = [
      await appendSignatures(offer, sampleRecord(offer)),
      await appendSignatures(offer, sampleRecord(offer)),
    ];
    expect(one.equals(other)).toBe(true);
  });

  test("says where on the page each signature goes, for services that put it there by themselves", async () => {
    const offer = await renderOfferPdf(sampleOffer());
    const spots = signatureSpots(await PDFDocument.load(offer));
    const { pages } = await readPdf(offer);
    expect(spots.map(({ ordinal, page }) => [ordinal, page])).toEqual([
      [1, pages.length],
      [2, pages.length],
    ]);
    for (const { x, y, width, height } of spots) {
      expect(x).toBeGreaterThan(48);
      expect(x + width).toBeLessThan(548);
      expect(y).toBeGreaterThan(100);
      expect(y + height).toBeLessThan(790);
    }
  });
});

describe("the check of a signed document", () => {
  const keptOf = (offer: Buffer, signed: Buffer) => ({
    offer: { sha256: hashOf(offer), size: offer.length },
    signed: { sha256: hashOf(signed), size: signed.length },
  });
  const signedSample = async () => {
    const offer = await renderOfferPdf(sampleOffer());
    return { offer, signed: await appendSignatures(offer, sampleRecord(offer)) };
  };
  const changedAt = (bytes: Buffer, at: number): Buffer => {
    const changed = Buffer.from(bytes);
    changed[at] = (changed[at] ?? 0) ^ 1;
    return changed;
  };

  test("takes the document itself", async () => {
    const { offer, signed } = await signedSample();
    expect(checkSignedPdf(signed, keptOf(offer, signed))).toEqual({ isIntact: true });
  });

  test("finds one changed bit, whether in the offer or in the signatures", async () => {
    const { offer, signed } = await signedSample();
    const kept = keptOf(offer, signed);
    for (const at of [20, Math.floor(offer.length / 2), offer.length - 1]) {
      expect(checkSignedPdf(changedAt(signed, at), kept)).toEqual({
        isIntact: false,
        code: "OFFER_CHANGED",
        isOfferIntact: false,
      });
    }
    for (const at of [offer.length, signed.length - 1]) {
      expect(checkSignedPdf(changedAt(signed, at), kept)).toEqual({
        isIntact: false,
        code: "SIGNATURES_CHANGED",
        isOfferIntact: true,
      });
    }
  });

  test("tells a file that was cut off, added to, never signed, or something else", async () => {
    const { offer, signed } = await signedSample();
    const kept = keptOf(offer, signed);
    const codeOf = (bytes: Buffer) => {
      const check = checkSignedPdf(bytes, kept);
      return check.isIntact ? "INTACT" : check.code;
    };
    expect(codeOf(signed.subarray(0, signed.length - 1))).toBe("TRUNCATED");
    expect(codeOf(signed.subarray(0, offer.length - 1))).toBe("TRUNCATED");
    expect(codeOf(Buffer.concat([signed, Buffer.from("\n")]))).toBe("APPENDED");
    expect(codeOf(offer)).toBe("NOT_SIGNED");
    expect(codeOf(await renderOfferPdf(sampleOffer({ title: "Another" })))).toMatch(/OFFER_CHANGED|TRUNCATED/);
    expect(codeOf(Buffer.from("hello"))).toBe("NOT_A_PDF");
    expect(codeOf(Buffer.alloc(0))).toBe("NOT_A_PDF");
  });
});
