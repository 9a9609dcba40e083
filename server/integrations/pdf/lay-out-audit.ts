import { block, body, leftText, type Style, small, space } from "./desk";
import type { LaidOutPage } from "./draw-pages";
import type { FontBook } from "./fonts";
import { formatInstant } from "./format-day";
import { signatureMark } from "./lay-out-stamp";
import { OfferDesk, paragraphs, phaseTitle, sectionHeading } from "./offer-desk";
import { pageFurniture } from "./page-furniture";
import { type Block, type Element, paginate, shift } from "./paginate";
import { signatureArea } from "./signature-block";
import type { SignatureRecord, SignerRecord } from "./signature-record";
import { titledRows, titleWidth, valueLines } from "./titled-rows";

type AuditDesk = OfferDesk<SignatureRecord>;

/** How the offer came to be signed: what, by whom, when, from where, and to what they agreed. */
export const layOutAudit = (
  record: SignatureRecord,
  { offerSize, hasBlock }: { offerSize: number; hasBlock: (ordinal: number) => boolean },
  fonts: FontBook,
): readonly LaidOutPage[] => {
  const desk = new OfferDesk(record, fonts);
  const { words, width, height } = desk;
  const section = desk.element("Sect");
  const pages = paginate(
    [
      sectionHeading(desk, words.audit.title, section),
      ...paragraphs(desk, words.audit.statement, 440, section),
      space(4),
      ...rows(desk, section, documentFacts(desk, offerSize)),
      ...record.signers.flatMap((signer, index) => signerBlocks(desk, signer, section, hasBlock(index + 1))),
      ...eventBlocks(desk, section),
    ],
    { top: 56, bottom: height - 56 },
  );
  const { number, version, seller, title } = record;
  const running = `${number} · ${words.version(version)} · ${words.audit.title}`;
  return pages.map((marks, index) => ({
    width,
    height,
    watermark: null,
    marks: [
      ...marks,
      ...pageFurniture(desk, {
        isFirst: false,
        brandColour: seller.brandColour,
        sellerName: seller.legalName,
        title,
        foot: running,
        page: words.page(index + 1, pages.length),
      }),
    ],
  }));
};

type Fact = readonly [title: string, value: string | null];

const plain: Style = { ...body, size: 8.5, leading: 12 };

const rows = (desk: AuditDesk, section: Element, facts: readonly Fact[]): Block[] =>
  titledRows(
    desk,
    section,
    facts.map(([title, value]) => ({ title, value: valueLines(desk, [value ?? desk.words.audit.unknown], plain) })),
  );

const instant = (desk: AuditDesk, at: Date): string => formatInstant(at, desk.document.timeZone, desk.words);

const documentFacts = (desk: AuditDesk, offerSize: number): Fact[] => {
  const { document, words } = desk;
  const { audit } = words;
  const size = String(offerSize).replace(/\B(?=(\d{3})+$)/g, words.groupSeparator);
  return [
    [audit.document, `${document.number}, ${words.version(document.version)}: ${document.title}`],
    [audit.hash, document.offerSha256],
    [audit.size, audit.bytes(size)],
    [audit.completedAt, instant(desk, document.completedAt)],
    ...document.ids.map(({ label, value }): Fact => [label, value]),
  ];
};

/** Who has no block on the offer, such as one who was asked later, signs here. */
const signerBlocks = (desk: AuditDesk, signer: SignerRecord, section: Element, hasBlock: boolean): Block[] => {
  const { audit } = desk.words;
  const part = desk.element("Sect", section);
  const line = desk.clamped(`${audit.signer(signer.order)} · ${signer.name}`, phaseTitle, desk.contentWidth, 1);
  const heading = desk.element("H3", part);
  const facts: Fact[] = [
    [audit.email, signer.email],
    ...(signer.company || signer.title
      ? [[audit.company, [signer.title, signer.company].filter(Boolean).join(", ")] as const]
      : []),
    [audit.signedWith, audit.kind[signer.signature.kind]],
    [audit.consent, signer.consent],
    [audit.signedAt, instant(desk, signer.signedAt)],
    [audit.ip, signer.ip],
    [audit.browser, signer.browser],
    [audit.identifiedBy, signer.identifiedBy],
  ];
  return [
    block(
      40,
      line.map((text) => leftText(text, phaseTitle, desk.left, 20, heading)),
      { keepsWithNext: true },
    ),
    ...(hasBlock ? [] : [signatureOf(desk, signer)]),
    ...rows(desk, part, facts),
  ];
};

const signatureOf = (desk: AuditDesk, { signature, name }: SignerRecord): Block => {
  const element = { ...desk.element("Figure"), alternative: name };
  const mark = shift([signatureMark(desk, signature)], -signatureArea.y).map((own) => ({
    ...own,
    x: desk.left + titleWidth,
    element,
  }));
  return block(signatureArea.height, mark, { keepsWithNext: true });
};

const eventBlocks = (desk: AuditDesk, section: Element): Block[] => {
  const { events } = desk.document;
  if (events.length === 0) return [];
  const part = desk.element("Sect", section);
  const heading = leftText(
    desk.line(desk.words.audit.events, phaseTitle),
    phaseTitle,
    desk.left,
    20,
    desk.element("H3", part),
  );
  const lines = events.map(({ at, what }) => ({
    title: what,
    value: valueLines(desk, [instant(desk, at)], { ...small, leading: body.leading }),
  }));
  return [block(40, [heading], { keepsWithNext: true }), ...titledRows(desk, part, lines)];
};
