-- ── Signatures asked for, and given ──────────────────────────────────────────────────────────────────────────────────

CREATE TABLE "signature_request" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "quote_id" UUID NOT NULL,
    "version_id" UUID NOT NULL,
    "provider" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "document_id" UUID NOT NULL,
    "document_sha256" TEXT NOT NULL,
    "offer" JSONB NOT NULL,
    "message" TEXT,
    "status_reason" TEXT,
    "provider_request_id" TEXT,
    "failure" TEXT,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL,
    "updated_at" TIMESTAMPTZ(6) NOT NULL,
    "completed_at" TIMESTAMPTZ(6),

    CONSTRAINT "signature_request_pkey" PRIMARY KEY ("organization_id","id")
) WITH (fillfactor = 75);
CREATE UNIQUE INDEX "signature_request_organization_id_provider_request_id_key" ON "signature_request" ("organization_id", "provider_request_id");
CREATE INDEX "signature_request_organization_id_quote_id_idx" ON "signature_request" ("organization_id", "quote_id");
CREATE INDEX "signature_request_organization_id_version_id_idx" ON "signature_request" ("organization_id", "version_id");
-- A version is signed in one place.
CREATE UNIQUE INDEX signature_request_one_live ON signature_request (organization_id, version_id)
  WHERE status IN ('queued', 'sent', 'completed');
ALTER TABLE "signature_request"
  ADD CONSTRAINT "signature_request_organization_id_quote_id_fkey" FOREIGN KEY ("organization_id", "quote_id")
    REFERENCES "quote" ("organization_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION,
  ADD CONSTRAINT "signature_request_organization_id_version_id_fkey" FOREIGN KEY ("organization_id", "version_id")
    REFERENCES "quote_version" ("organization_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION,
  ADD CONSTRAINT "signature_request_organization_id_document_id_fkey" FOREIGN KEY ("organization_id", "document_id")
    REFERENCES "quote_document" ("organization_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION,
  ADD CONSTRAINT signature_request_provider_known CHECK (provider IN ('embedded', 'dropbox_sign', 'paper')),
  ADD CONSTRAINT signature_request_status_known CHECK (status IN
    ('queued', 'sent', 'completed', 'declined', 'withdrawn', 'failed')),
  ADD CONSTRAINT signature_request_offer_object CHECK (jsonb_typeof(offer) = 'object'),
  ADD CONSTRAINT signature_request_completed_when CHECK ((completed_at IS NOT NULL) = (status = 'completed'));

CREATE TABLE "signer" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "request_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT,
    "title" TEXT,
    "party" TEXT NOT NULL DEFAULT 'customer',
    "status" TEXT NOT NULL DEFAULT 'waiting',
    "signature_kind" TEXT,
    "signature_text" TEXT,
    "signature_png" BYTEA,
    "consent" TEXT,
    "document_sha256" TEXT,
    "signed_at" TIMESTAMPTZ(6),
    "ip" TEXT,
    "browser" TEXT,
    "declined_at" TIMESTAMPTZ(6),
    "decline_reason" TEXT,
    "reminded_at" TIMESTAMPTZ(6),
    "provider_signature_id" TEXT,

    CONSTRAINT "signer_pkey" PRIMARY KEY ("organization_id","id")
) WITH (fillfactor = 75);
CREATE INDEX "signer_organization_id_request_id_position_idx" ON "signer" ("organization_id", "request_id", "position");
ALTER TABLE "signer"
  ADD CONSTRAINT "signer_organization_id_request_id_fkey" FOREIGN KEY ("organization_id", "request_id")
    REFERENCES "signature_request" ("organization_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION,
  ADD CONSTRAINT signer_position_positive CHECK (position > 0),
  ADD CONSTRAINT signer_party_known CHECK (party IN ('customer', 'seller')),
  ADD CONSTRAINT signer_status_known CHECK (status IN ('waiting', 'signed', 'declined')),
  ADD CONSTRAINT signer_signature_kind_known CHECK (signature_kind IN ('typed', 'drawn', 'paper', 'provider')),
  ADD CONSTRAINT signer_declined_when CHECK ((declined_at IS NOT NULL) = (status = 'declined')),
  -- Whoever signed did so at a time, in a way, and under a document with this hash; on our own page to a consent, too.
  ADD CONSTRAINT signer_signed_whole CHECK (
    (status = 'signed') = (signed_at IS NOT NULL) AND (status = 'signed') = (signature_kind IS NOT NULL)
    AND (status = 'signed') = (document_sha256 IS NOT NULL)
    AND (signature_text IS NOT NULL) = (signature_kind IS NOT NULL AND signature_kind = 'typed')
    AND (signature_png IS NOT NULL) = (signature_kind IS NOT NULL AND signature_kind = 'drawn')
    AND (signature_kind IS NULL OR signature_kind NOT IN ('typed', 'drawn') OR consent IS NOT NULL));

-- What was signed or declined stays as it was, whoever writes; and so does what it was signed on.
CREATE FUNCTION keep_signature() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.status <> 'waiting' OR TG_OP = 'DELETE' OR
      (NEW.request_id, NEW.position, NEW.party) IS DISTINCT FROM (OLD.request_id, OLD.position, OLD.party) THEN
    RAISE EXCEPTION 'what % signed or declined does not change', OLD.id USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keep_signature BEFORE UPDATE OR DELETE ON signer FOR EACH ROW EXECUTE FUNCTION keep_signature();

CREATE FUNCTION keep_signature_request() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.status = 'completed' OR TG_OP = 'DELETE' OR
      (NEW.quote_id, NEW.version_id, NEW.provider, NEW.document_id, NEW.document_sha256, NEW.offer) IS DISTINCT FROM
      (OLD.quote_id, OLD.version_id, OLD.provider, OLD.document_id, OLD.document_sha256, OLD.offer) THEN
    RAISE EXCEPTION 'what the signature request % is about does not change', OLD.id USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keep_signature_request BEFORE UPDATE OR DELETE ON signature_request FOR EACH ROW EXECUTE FUNCTION keep_signature_request();

-- ── Links for people without an account, and what they looked at ─────────────────────────────────────────────────────

CREATE TABLE "quote_link" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "quote_id" UUID NOT NULL,
    "version_id" UUID NOT NULL,
    "purpose" TEXT NOT NULL,
    "signer_id" UUID,
    "token_hash" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(6) NOT NULL,
    "revoked_at" TIMESTAMPTZ(6),
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "quote_link_pkey" PRIMARY KEY ("organization_id","id")
) WITH (fillfactor = 75);
CREATE UNIQUE INDEX "quote_link_organization_id_token_hash_key" ON "quote_link" ("organization_id", "token_hash");
CREATE INDEX "quote_link_organization_id_quote_id_idx" ON "quote_link" ("organization_id", "quote_id");
CREATE INDEX "quote_link_organization_id_signer_id_idx" ON "quote_link" ("organization_id", "signer_id");
ALTER TABLE "quote_link"
  ADD CONSTRAINT "quote_link_organization_id_quote_id_fkey" FOREIGN KEY ("organization_id", "quote_id")
    REFERENCES "quote" ("organization_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION,
  ADD CONSTRAINT "quote_link_organization_id_version_id_fkey" FOREIGN KEY ("organization_id", "version_id")
    REFERENCES "quote_version" ("organization_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION,
  ADD CONSTRAINT "quote_link_organization_id_signer_id_fkey" FOREIGN KEY ("organization_id", "signer_id")
    REFERENCES "signer" ("organization_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION,
  ADD CONSTRAINT quote_link_purpose_known CHECK (purpose IN ('view', 'sign')),
  ADD CONSTRAINT quote_link_signs_for_one CHECK ((purpose = 'sign') = (signer_id IS NOT NULL));

-- recorded_at is the world's time, by which too many requests are told; viewed_at is the organization's.
CREATE TABLE "quote_view" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "link_id" UUID NOT NULL,
    "what" TEXT NOT NULL,
    "viewed_at" TIMESTAMPTZ(6) NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ip" TEXT,
    "browser" TEXT,

    CONSTRAINT "quote_view_pkey" PRIMARY KEY ("organization_id","id")
);
CREATE INDEX "quote_view_organization_id_link_id_recorded_at_idx" ON "quote_view" ("organization_id", "link_id", "recorded_at");
ALTER TABLE "quote_view"
  ADD CONSTRAINT "quote_view_organization_id_link_id_fkey" FOREIGN KEY ("organization_id", "link_id")
    REFERENCES "quote_link" ("organization_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION,
  ADD CONSTRAINT quote_view_what_known CHECK (what IN ('page', 'offer', 'signed', 'sign', 'decline'));
CREATE TRIGGER insert_only BEFORE UPDATE OR DELETE ON quote_view FOR EACH ROW EXECUTE FUNCTION insert_only();

-- ── Mails to signers ─────────────────────────────────────────────────────────────────────────────────────────────────

CREATE TABLE "signing_mail" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "signer_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "recipient" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "error" TEXT,
    "queued_at" TIMESTAMPTZ(6) NOT NULL,
    "sent_at" TIMESTAMPTZ(6),

    CONSTRAINT "signing_mail_pkey" PRIMARY KEY ("organization_id","id")
) WITH (fillfactor = 75);
CREATE INDEX "signing_mail_organization_id_signer_id_idx" ON "signing_mail" ("organization_id", "signer_id");
ALTER TABLE "signing_mail"
  ADD CONSTRAINT "signing_mail_organization_id_signer_id_fkey" FOREIGN KEY ("organization_id", "signer_id")
    REFERENCES "signer" ("organization_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION,
  ADD CONSTRAINT signing_mail_kind_known CHECK (kind IN ('invitation', 'reminder', 'signed', 'withdrawn')),
  ADD CONSTRAINT signing_mail_status_known CHECK (status IN ('queued', 'sent', 'failed', 'dropped'));

-- ── Scans wait here between their upload and the mutation that files them ────────────────────────────────────────────

CREATE TABLE "paper_scan" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "quote_id" UUID NOT NULL,
    "file_name" TEXT NOT NULL,
    "content_type" TEXT NOT NULL,
    "content" BYTEA NOT NULL,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "paper_scan_pkey" PRIMARY KEY ("organization_id","id")
);
CREATE INDEX "paper_scan_organization_id_created_at_idx" ON "paper_scan" ("organization_id", "created_at");
ALTER TABLE "paper_scan"
  ADD CONSTRAINT "paper_scan_organization_id_quote_id_fkey" FOREIGN KEY ("organization_id", "quote_id")
    REFERENCES "quote" ("organization_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION,
  ADD CONSTRAINT paper_scan_content_type_known CHECK (content_type IN ('application/pdf', 'image/png', 'image/jpeg'));

SELECT secure_table(name) FROM unnest(ARRAY[
  'signature_request', 'signer', 'quote_link', 'quote_view', 'signing_mail', 'paper_scan'
]) AS name;
REVOKE DELETE ON signature_request, signer, quote_link, signing_mail FROM billgrid_app;
REVOKE UPDATE, DELETE ON quote_view FROM billgrid_app;
-- A link can be taken back, and nothing else of it can change.
REVOKE UPDATE ON quote_link, paper_scan FROM billgrid_app;
GRANT UPDATE (revoked_at) ON quote_link TO billgrid_app;
