import type { SignatureRecord } from "../../integrations/pdf/signature-record";
import { eventsByQuote, type QuoteEvent } from "../quote";
import type { RequestedSigning } from "./lock-signing";
import { linksByQuote, viewsByLink } from "./quote-link.store";
import { signersById } from "./signature-request.store";
import type { QuoteLink, Signer, ViewedWhat } from "./signing";

type Happened = SignatureRecord["events"][number];

/** What happened to a version until it was signed, as its record tells: the sending, each look, each signature. */
export async function historyOf({ quote, version, signers }: RequestedSigning): Promise<readonly Happened[]> {
  const events = (await eventsByQuote([quote.id])).get(quote.id) ?? [];
  const links = (await linksByQuote([quote.id])).get(quote.id) ?? [];
  const ofVersion = events.filter(({ versionOrdinal }) => versionOrdinal === version.ordinal);
  const happened = [
    ...ofVersion.flatMap(sendingIn),
    ...(await looksThrough(links.filter(({ versionId }) => versionId === version.id))),
    ...signers.flatMap(signatureOf),
  ];
  return happened.sort((one, other) => one.at.getTime() - other.at.getTime());
}

function sendingIn({ kind, actor, happenedAt: at }: QuoteEvent): readonly Happened[] {
  if (kind === "sent") return [{ at, what: `Sent by ${actor}` }];
  return kind === "reminded" ? [{ at, what: `Reminded by ${actor}` }] : [];
}

const signatureOf = ({ name, signedAt }: Signer): readonly Happened[] =>
  signedAt === null ? [] : [{ at: signedAt, what: `Signed by ${name}` }];

const LOOKED: Readonly<Partial<Record<ViewedWhat, string>>> = { page: "Page opened by", offer: "PDF opened by" };

async function looksThrough(links: readonly QuoteLink[]): Promise<readonly Happened[]> {
  const views = await viewsByLink(links.map(({ id }) => id));
  const signers = await signersById(links.flatMap(({ signerId }) => signerId ?? []));
  return links.flatMap(({ id, signerId }) => {
    const who = signerId === null ? "a reader with a link" : (signers.get(signerId)?.name ?? "a signer");
    return (views.get(id) ?? []).flatMap(({ what, viewedAt: at }) => {
      const looked = LOOKED[what];
      return looked === undefined ? [] : [{ at, what: `${looked} ${who}` }];
    });
  });
}
