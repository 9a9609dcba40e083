import type {
  LedgerDocument,
  Outcome,
  Posted,
  RemoteDocument,
  Undone,
} from "../../integrations/xero/accounting-ledger";
import type { Clock } from "../../platform/clock";
import { newId } from "../../platform/ids";
import type { PreparedDocument } from "./accounting";
import { callXero } from "./call-xero";
import { type Claimed, claim, type Ending, endAttempts, saveRemotes } from "./ledger.store";
import { problemsForXero } from "./ledger-problems";
import { linkContacts } from "./link-contacts";
import { loadLedgerDocuments } from "./load-ledger-documents";
import { waitingAfter } from "./retry";
import { findConnection } from "./xero-connection.store";

/** Documents in one request; Xero advises about fifty. */
const BATCH = 25;

/** One batch of one kind, of all that is due or of some; false: nothing was due. */
export async function pushDocuments(
  clock: Clock,
  kind: LedgerDocument["kind"],
  ids: readonly string[] | null,
): Promise<boolean> {
  const requestKey = `billgrid-${newId()}`;
  const claimed = await claim("push", { kind, ids, limit: BATCH, requestKey, now: clock.now() });
  if (claimed.length === 0) return false;
  const endings = new Map<Claimed, Ending>();
  const rest = () => claimed.filter((each) => !endings.has(each));
  const end = (each: Claimed, ending: Ending) => void endings.set(each, ending);

  await findEarlier(clock, kind, claimed, end);
  for (const each of rest()) if (each.status === "voided") end(each, { outcome: "voided" });
  const documents = await loadLedgerDocuments(rest().map(({ invoiceId }) => invoiceId));
  const { facts } = (await findConnection()) ?? { facts: null };
  for (const each of rest()) {
    const [problem] = problemsForXero(documents.get(each.invoiceId) as PreparedDocument, facts);
    if (problem) end(each, { outcome: "refused", code: problem.code, reason: problem.message });
  }
  const linked = await withContacts(clock, rest(), documents, end);
  await post(clock, { kind, linked, requestKey, end });
  await endAttempts("push", [...endings], clock.now());
  return true;
}

type End = (each: Claimed, ending: Ending) => void;
type Linked = readonly [Claimed, LedgerDocument];

/** What may have arrived before is looked for; what is there is done. */
async function findEarlier(clock: Clock, kind: LedgerDocument["kind"], claimed: readonly Claimed[], end: End) {
  const uncertain = claimed.filter(({ isUncertain }) => isUncertain);
  if (uncertain.length === 0) return;
  const found = await callXero(clock, (books) =>
    books.find(
      kind,
      uncertain.map(({ number }) => number),
    ),
  );
  if (found.outcome !== "done") {
    for (const each of uncertain) end(each, waitingAfter(found, each, clock.now()));
    return;
  }
  const prepared = await loadLedgerDocuments(uncertain.map(({ invoiceId }) => invoiceId));
  for (const each of uncertain) {
    const remote = found.value.find(({ number, status }) => number === each.number && status !== "voided");
    const document = prepared.get(each.invoiceId)?.document;
    if (remote && document) end(each, arrived(document, remote));
  }
}

async function withContacts(
  clock: Clock,
  claimed: readonly Claimed[],
  documents: ReadonlyMap<string, PreparedDocument>,
  end: End,
): Promise<Linked[]> {
  const pairs = claimed.map((each) => [each, (documents.get(each.invoiceId) as PreparedDocument).document] as const);
  if (pairs.length === 0) return [];
  const links = await linkContacts(
    clock,
    pairs.map(([, { customer }]) => customer),
  );
  return pairs.flatMap(([each, document]): Linked[] => {
    const link = links.get(document.customer.id);
    if (link && "contactId" in link) {
      return [[each, { ...document, customer: { ...document.customer, contactId: link.contactId } }]];
    }
    // A contact may have come about, the document cannot have.
    const undone = link as Undone;
    const ending = waitingAfter(undone, each, clock.now());
    end(each, ending.outcome === "unknown" ? { ...ending, outcome: "not_done" } : ending);
    return [];
  });
}

async function post(
  clock: Clock,
  {
    kind,
    linked,
    requestKey,
    end,
  }: {
    readonly kind: LedgerDocument["kind"];
    readonly linked: readonly Linked[];
    readonly requestKey: string;
    readonly end: End;
  },
): Promise<void> {
  if (linked.length === 0) return;
  const answer = await callXero(clock, (books) =>
    books.post(
      linked.map(([, document]) => document),
      requestKey,
    ),
  );
  // One that spoils the whole request is found by sending them one by one.
  if (answer.outcome === "permanent" && linked.length > 1) {
    for (const [index, one] of linked.entries()) {
      await post(clock, { kind, linked: [one], requestKey: `${requestKey}-${index}`, end });
    }
    return;
  }
  if (answer.outcome === "permanent") {
    const [each, document] = linked[0] as Linked;
    return end(each, await refusedOrThere(clock, document, answer));
  }
  if (answer.outcome !== "done") {
    for (const [each] of linked) end(each, waitingAfter(answer, each, clock.now()));
    return;
  }
  for (const [index, [each, document]] of linked.entries()) {
    const posted = answer.value[index] as Posted;
    end(
      each,
      posted.outcome === "done" ? arrived(document, posted.value) : await refusedOrThere(clock, document, posted),
    );
  }
}

/** A number that is taken may be taken by this very document, sent when nobody saw the answer. */
async function refusedOrThere(
  clock: Clock,
  document: LedgerDocument,
  { reason }: { readonly reason: string },
): Promise<Ending> {
  const refused: Ending = { outcome: "refused", code: "XERO_REFUSED", reason };
  if (!/unique|already (exists|been|in use)|duplicate/i.test(reason)) return refused;
  const found: Outcome<readonly RemoteDocument[]> = await callXero(clock, (books) =>
    books.find(document.kind, [document.number]),
  );
  const remote = found.outcome === "done" ? found.value.find(({ status }) => status !== "voided") : undefined;
  return remote ? arrived(document, remote) : refused;
}

/** It is there; or something else is there under its number. */
function arrived(document: LedgerDocument, remote: RemoteDocument): Ending {
  const { number, gross, currency } = document;
  if (remote.currency === currency && remote.total.equals(gross.abs())) return { outcome: "done", remote };
  return {
    outcome: "refused",
    code: "XERO_DIFFERS",
    reason: `Xero has ${number} over ${remote.total.toFixed(2)} ${remote.currency}, not ${gross.abs().toFixed(2)} ${currency}. Look at it in Xero, void it there, then try again.`,
  };
}

/** Uses credit notes up on what they correct, once both are in the books; false: nothing was due. */
export async function allocateCreditNotes(clock: Clock, ids: readonly string[] | null): Promise<boolean> {
  const requestKey = `billgrid-${newId()}`;
  const [claimed] = await claim("allocate", { kind: "credit_note", ids, limit: 1, requestKey, now: clock.now() });
  if (!claimed) return false;
  await endAttempts("allocate", [[claimed, await allocate(clock, claimed, requestKey)]], clock.now());
  return true;
}

async function allocate(clock: Clock, claimed: Claimed, requestKey: string): Promise<Ending> {
  const { number, correctedNumber, externalId, correctedExternalId, invoiceId } = claimed;
  const waiting = (undone: Undone) => waitingAfter(undone, claimed, clock.now());
  const notes = await callXero(clock, (books) => books.find("credit_note", [number]));
  if (notes.outcome !== "done") return waiting(notes);
  const invoices = await callXero(clock, (books) => books.find("invoice", [correctedNumber as string]));
  if (invoices.outcome !== "done") return waiting(invoices);
  const note = notes.value.find((each) => each.externalId === externalId);
  const invoice = invoices.value.find((each) => each.externalId === correctedExternalId);
  await saveRemotes([...notes.value, ...invoices.value], clock.now());
  // What is paid already leaves the credit to the customer; so does what was allocated before.
  const amount = note && invoice && note.due.lt(invoice.due) ? note.due : invoice?.due;
  if (!note || !amount || amount.isZero() || note.status === "voided" || invoice?.status === "voided") {
    return { outcome: "allocated" };
  }
  const document = (await loadLedgerDocuments([invoiceId])).get(invoiceId)?.document as LedgerDocument;
  const done = await callXero(clock, (books) =>
    books.allocate(note.externalId, correctedExternalId as string, amount, document.issuedOn, requestKey),
  );
  return done.outcome === "done" ? { outcome: "allocated" } : waiting(done);
}

/** Voids the ledger's copies of what was voided; false: nothing was due. */
export async function voidDocuments(clock: Clock, ids: readonly string[] | null): Promise<boolean> {
  const requestKey = `billgrid-${newId()}`;
  const [claimed] = await claim("void", { kind: null, ids, limit: 1, requestKey, now: clock.now() });
  if (!claimed) return false;
  const { kind, externalId, number, isUncertain } = claimed;
  const ending = async (): Promise<Ending> => {
    if (isUncertain) {
      const found = await callXero(clock, (books) => books.find(kind, [number]));
      if (found.outcome !== "done") return waitingAfter(found, claimed, clock.now());
      const remote = found.value.find((each) => each.externalId === externalId);
      if (!remote || remote.status === "voided") return { outcome: "voided" };
    }
    const done = await callXero(clock, (books) => books.void(kind, externalId as string, requestKey));
    return done.outcome === "done" ? { outcome: "voided" } : waitingAfter(done, claimed, clock.now());
  };
  await endAttempts("void", [[claimed, await ending()]], clock.now());
  return true;
}
