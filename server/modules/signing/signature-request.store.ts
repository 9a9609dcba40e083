import { groupBy } from "../../domain/group-by";
import type { SignatureKind, SignatureRequestStatus } from "../../domain/quote/signing";
import type { OfferDocument } from "../../integrations/pdf/offer-document";
import { organizationId, query } from "../../platform/database/transaction";
import { isId, newId } from "../../platform/ids";
import type { SignatureRequest, Signer } from "./signing";
import { readOffer, type StoredOffer, storedOffer } from "./stored-offer";

// ── Requests ─────────────────────────────────────────────────────────────────────────────────────────────────────────

const REQUEST = `
  SELECT request.id, request.quote_id AS "quoteId", request.version_id AS "versionId", version.ordinal AS "versionOrdinal",
    request.provider, request.status, request.document_id AS "documentId", request.document_sha256 AS "documentSha256",
    request.message, request.status_reason AS "statusReason", request.provider_request_id AS "providerRequestId",
    request.failure, request.created_by AS "createdBy", request.created_at AS "createdAt",
    request.updated_at AS "updatedAt", request.completed_at AS "completedAt"
  FROM signature_request request
  JOIN quote_version version ON version.organization_id = request.organization_id AND version.id = request.version_id`;

/** A batch: signature requests by id. */
export async function signatureRequestsById(ids: readonly string[]): Promise<ReadonlyMap<string, SignatureRequest>> {
  const { rows } = await query<SignatureRequest>({
    name: "signature-requests-by-id",
    text: `${REQUEST} WHERE request.id = ANY ($1::uuid[])`,
    values: [ids.filter(isId)],
  });
  return new Map(rows.map((row) => [row.id, row]));
}

/** A batch: all signature requests of quotes, the first first. */
export async function signatureRequestsByQuote(
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly SignatureRequest[]>> {
  const { rows } = await query<SignatureRequest>({
    name: "signature-requests-by-quote",
    text: `${REQUEST} WHERE request.quote_id = ANY ($1::uuid[]) ORDER BY request.quote_id, request.id`,
    values: [ids.filter(isId)],
  });
  return groupBy(rows, ({ quoteId }) => quoteId);
}

/** The latest request of a version; null: it was never sent to be signed. */
export async function latestRequestOf(versionId: string): Promise<SignatureRequest | null> {
  const { rows } = await query<SignatureRequest>({
    name: "latest-signature-request",
    text: `${REQUEST} WHERE request.version_id = $1 ORDER BY request.id DESC LIMIT 1`,
    values: [versionId],
  });
  return rows[0] ?? null;
}

/** By the provider's own id; null where it is none of this organization's. */
export async function requestOfProvider(providerRequestId: string): Promise<SignatureRequest | null> {
  const { rows } = await query<SignatureRequest>({
    name: "signature-request-of-provider",
    text: `${REQUEST} WHERE request.provider_request_id = $1`,
    values: [providerRequestId],
  });
  return rows[0] ?? null;
}

export type RequestToInsert = Pick<
  SignatureRequest,
  "quoteId" | "versionId" | "provider" | "status" | "documentId" | "documentSha256" | "message" | "createdBy"
> & { readonly offer: OfferDocument };

export async function insertSignatureRequest(request: RequestToInsert, now: Date): Promise<string> {
  const id = newId();
  await query(
    `INSERT INTO signature_request (organization_id, id, quote_id, version_id, provider, status, document_id, document_sha256,
       message, created_by, created_at, updated_at, offer)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11, $12)`,
    [
      organizationId(),
      id,
      request.quoteId,
      request.versionId,
      request.provider,
      request.status,
      request.documentId,
      request.documentSha256,
      request.message,
      request.createdBy,
      now,
      JSON.stringify(storedOffer(request.offer)),
    ],
  );
  return id;
}

/** What the document of a request shows, as it was when it was sent. */
export async function offerOfRequest(id: string): Promise<OfferDocument> {
  const { rows } = await query<{ offer: StoredOffer }>({
    name: "offer-of-signature-request",
    text: "SELECT offer FROM signature_request WHERE id = $1",
    values: [id],
  });
  const [row] = rows;
  if (!row) throw new Error(`there is no signature request ${id}`);
  return readOffer(row.offer);
}

/** Where a request stands; its quote is locked. `statusReason` is why it was declined or withdrawn. */
export async function saveRequestStatus(
  id: string,
  { status, statusReason }: { readonly status: SignatureRequestStatus; readonly statusReason: string | null },
  now: Date,
): Promise<void> {
  await query(
    `UPDATE signature_request SET status = $2, status_reason = $3, updated_at = $4::timestamptz,
       completed_at = CASE WHEN $2 = 'completed' THEN $4::timestamptz END
     WHERE id = $1`,
    [id, status, statusReason, now],
  );
}

/** What the provider said of a request that is not completed: its own id for it, or why it did not take it. */
export async function saveProviderOutcome(
  id: string,
  outcome: {
    readonly status: SignatureRequestStatus;
    readonly providerRequestId: string | null;
    readonly failure: string | null;
  },
  now: Date,
): Promise<void> {
  await query(
    "UPDATE signature_request SET status = $2, provider_request_id = $3, failure = $4, updated_at = $5 WHERE id = $1",
    [id, outcome.status, outcome.providerRequestId, outcome.failure, now],
  );
}

/** Leaves it to a worker to bring the request to its provider, or to take it back from there. */
export async function enqueueProviderJob(
  task: "send_signature_request" | "withdraw_signature_request",
  signatureRequestId: string,
): Promise<void> {
  const payload = { organizationId: organizationId(), signatureRequestId };
  await query("SELECT jobs_api.enqueue($1, $2)", [task, JSON.stringify(payload)]);
}

// ── Signers ──────────────────────────────────────────────────────────────────────────────────────────────────────────

const SIGNER = `
  SELECT signer.id, signer.request_id AS "requestId", signer.position, signer.name, signer.email, signer.title, signer.party,
    signer.status, signer.signature_kind AS "signatureKind", signer.signature_text AS "signatureText", signer.consent,
    signer.document_sha256 AS "documentSha256", signer.signed_at AS "signedAt", signer.ip, signer.browser,
    signer.declined_at AS "declinedAt", signer.decline_reason AS "declineReason", signer.reminded_at AS "remindedAt",
    signer.provider_signature_id AS "providerSignatureId"
  FROM signer`;

/** A batch: signers by id. */
export async function signersById(ids: readonly string[]): Promise<ReadonlyMap<string, Signer>> {
  const { rows } = await query<Signer>({
    name: "signers-by-id",
    text: `${SIGNER} WHERE signer.id = ANY ($1::uuid[])`,
    values: [ids.filter(isId)],
  });
  return new Map(rows.map((row) => [row.id, row]));
}

/** A batch: the signers of requests, by position and then as they were listed. */
export async function signersByRequest(ids: readonly string[]): Promise<ReadonlyMap<string, readonly Signer[]>> {
  const { rows } = await query<Signer>({
    name: "signers-by-request",
    text: `${SIGNER} WHERE signer.request_id = ANY ($1::uuid[]) ORDER BY signer.request_id, signer.position, signer.id`,
    values: [ids],
  });
  return groupBy(rows, ({ requestId }) => requestId);
}

/** The drawings among the signatures of a request, by signer. */
export async function drawingsOf(requestId: string): Promise<ReadonlyMap<string, Buffer>> {
  const { rows } = await query<{ id: string; png: Buffer }>({
    name: "drawings-of-request",
    text: "SELECT id, signature_png AS png FROM signer WHERE request_id = $1 AND signature_png IS NOT NULL",
    values: [requestId],
  });
  return new Map(rows.map(({ id, png }) => [id, png]));
}

export type SignerToInsert = Pick<Signer, "position" | "name" | "email" | "title" | "party">;

/** In the order given, which is that of their ids. */
export async function insertSigners(requestId: string, signers: readonly SignerToInsert[]): Promise<readonly string[]> {
  const ids = signers.map(() => newId());
  await query(
    `INSERT INTO signer (organization_id, id, request_id, position, name, email, title, party)
     SELECT $1, signer.id, $2, signer.position, signer.name, signer.email, signer.title, signer.party
     FROM unnest($3::uuid[], $4::int[], $5::text[], $6::text[], $7::text[], $8::text[])
       AS signer (id, position, name, email, title, party)`,
    [
      organizationId(),
      requestId,
      ids,
      signers.map(({ position }) => position),
      signers.map(({ name }) => name),
      signers.map(({ email }) => email),
      signers.map(({ title }) => title),
      signers.map(({ party }) => party),
    ],
  );
  return ids;
}

/** Puts another person in the place of a signer who has not signed; the quote is locked. */
export async function savePerson(id: string, person: Pick<Signer, "name" | "email" | "title">): Promise<void> {
  await query("UPDATE signer SET name = $2, email = $3, title = $4, reminded_at = NULL WHERE id = $1", [
    id,
    person.name,
    person.email,
    person.title,
  ]);
}

export async function saveReminded(ids: readonly string[], now: Date): Promise<void> {
  await query("UPDATE signer SET reminded_at = $2 WHERE id = ANY ($1::uuid[])", [ids, now]);
}

export async function saveProviderSignatureId(id: string, providerSignatureId: string): Promise<void> {
  await query("UPDATE signer SET provider_signature_id = $2 WHERE id = $1 AND status = 'waiting'", [
    id,
    providerSignatureId,
  ]);
}

export type SignedBy = {
  readonly kind: SignatureKind;
  readonly text: string | null;
  readonly png: Buffer | null;
  readonly consent: string | null;
  readonly documentSha256: string;
  readonly signedAt: Date;
  readonly ip: string | null;
  readonly browser: string | null;
};

export async function saveSigned(id: string, signed: SignedBy): Promise<void> {
  await query(
    `UPDATE signer SET status = 'signed', signature_kind = $2, signature_text = $3, signature_png = $4, consent = $5,
       document_sha256 = $6, signed_at = $7, ip = $8, browser = $9
     WHERE id = $1`,
    [
      id,
      signed.kind,
      signed.text,
      signed.png,
      signed.consent,
      signed.documentSha256,
      signed.signedAt,
      signed.ip,
      signed.browser,
    ],
  );
}

export async function saveDeclined(
  id: string,
  declined: {
    readonly at: Date;
    readonly reason: string | null;
    readonly ip: string | null;
    readonly browser: string | null;
  },
): Promise<void> {
  await query(
    "UPDATE signer SET status = 'declined', declined_at = $2, decline_reason = $3, ip = $4, browser = $5 WHERE id = $1",
    [id, declined.at, declined.reason, declined.ip, declined.browser],
  );
}
