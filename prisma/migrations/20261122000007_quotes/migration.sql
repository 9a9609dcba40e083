-- ── Quotes and their versions ────────────────────────────────────────────────────────────────────────────────────────

ALTER TABLE organization ADD COLUMN "quote_counter" INTEGER NOT NULL DEFAULT 1;

CREATE TABLE "quote" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "number" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'draft',
    "customer_id" UUID,
    "prospect" JSONB,
    "contract_id" UUID,
    "current_version" INTEGER NOT NULL DEFAULT 1,
    "expires_on" DATE,
    "owner_id" UUID,
    "external_id" TEXT,
    "deal" TEXT,
    "price_book_id" UUID,
    "status_reason" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(6) NOT NULL,
    "updated_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "quote_pkey" PRIMARY KEY ("organization_id","id")
) WITH (fillfactor = 75);
CREATE UNIQUE INDEX "quote_organization_id_number_key" ON "quote" ("organization_id", "number");
CREATE UNIQUE INDEX "quote_organization_id_external_id_key" ON "quote" ("organization_id", "external_id");
CREATE INDEX "quote_organization_id_customer_id_idx" ON "quote" ("organization_id", "customer_id");
CREATE INDEX "quote_organization_id_contract_id_idx" ON "quote" ("organization_id", "contract_id");
CREATE INDEX "quote_organization_id_status_expires_on_idx" ON "quote" ("organization_id", "status", "expires_on");
ALTER TABLE "quote"
  ADD CONSTRAINT "quote_organization_id_customer_id_fkey" FOREIGN KEY ("organization_id", "customer_id")
    REFERENCES "customer" ("organization_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION,
  ADD CONSTRAINT "quote_organization_id_contract_id_fkey" FOREIGN KEY ("organization_id", "contract_id")
    REFERENCES "contract" ("organization_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION,
  ADD CONSTRAINT "quote_organization_id_owner_id_fkey" FOREIGN KEY ("organization_id", "owner_id")
    REFERENCES "member" ("organization_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION,
  ADD CONSTRAINT quote_kind_known CHECK (kind IN ('sale', 'amendment')),
  ADD CONSTRAINT quote_status_known CHECK (status IN
    ('draft', 'in_approval', 'approved', 'sent', 'signed', 'executed', 'declined', 'expired', 'voided')),
  -- To a customer, or to somebody who becomes one by execution; a sale gets its contract then, an amendment has it.
  ADD CONSTRAINT quote_has_party CHECK ((customer_id IS NULL) <> (prospect IS NULL)),
  ADD CONSTRAINT quote_prospect_object CHECK (jsonb_typeof(prospect) = 'object'),
  ADD CONSTRAINT quote_has_contract CHECK ((contract_id IS NOT NULL) = (kind = 'amendment' OR status = 'executed')),
  ADD CONSTRAINT quote_current_version_positive CHECK (current_version > 0);

CREATE TABLE "quote_version" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "quote_id" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "terms" JSONB NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "sent_at" TIMESTAMPTZ(6),
    "superseded_at" TIMESTAMPTZ(6),
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL,
    "updated_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "quote_version_pkey" PRIMARY KEY ("organization_id","id")
) WITH (fillfactor = 75);
CREATE UNIQUE INDEX "quote_version_organization_id_quote_id_ordinal_key" ON "quote_version" ("organization_id", "quote_id", "ordinal");
ALTER TABLE "quote_version"
  ADD CONSTRAINT "quote_version_organization_id_quote_id_fkey" FOREIGN KEY ("organization_id", "quote_id")
    REFERENCES "quote" ("organization_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION,
  ADD CONSTRAINT quote_version_ordinal_positive CHECK (ordinal > 0),
  ADD CONSTRAINT quote_version_terms_object CHECK (jsonb_typeof(terms) = 'object');
CREATE UNIQUE INDEX quote_version_one_current ON quote_version (organization_id, quote_id) WHERE superseded_at IS NULL;

-- What a customer was sent stays as it was, whoever writes.
CREATE FUNCTION keep_sent_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.sent_at IS NOT NULL OR OLD.superseded_at IS NOT NULL THEN
    IF TG_OP = 'DELETE' OR (NEW.terms, NEW.revision, NEW.ordinal, NEW.quote_id, NEW.sent_at) IS DISTINCT FROM
        (OLD.terms, OLD.revision, OLD.ordinal, OLD.quote_id, OLD.sent_at) THEN
      RAISE EXCEPTION 'version % of quote % was sent or superseded and does not change', OLD.ordinal, OLD.quote_id;
    END IF;
  END IF;
  RETURN coalesce(NEW, OLD);
END $$;
CREATE TRIGGER keep_sent_version BEFORE UPDATE OR DELETE ON quote_version FOR EACH ROW EXECUTE FUNCTION keep_sent_version();

-- ── Who changed which cell, and what happened to a quote: history, added to and never changed ────────────────────────

CREATE TABLE "quote_edit" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "version_id" UUID NOT NULL,
    "revision" INTEGER NOT NULL,
    "path" TEXT NOT NULL,
    "before" JSONB,
    "after" JSONB,
    "note" TEXT,
    "edited_by" TEXT NOT NULL,
    "edited_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "quote_edit_pkey" PRIMARY KEY ("organization_id","id")
);
CREATE INDEX "quote_edit_organization_id_version_id_path_idx" ON "quote_edit" ("organization_id", "version_id", "path");
ALTER TABLE "quote_edit"
  ADD CONSTRAINT "quote_edit_organization_id_version_id_fkey" FOREIGN KEY ("organization_id", "version_id")
    REFERENCES "quote_version" ("organization_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION;
CREATE TRIGGER insert_only BEFORE UPDATE OR DELETE ON quote_edit FOR EACH ROW EXECUTE FUNCTION insert_only();

CREATE TABLE "quote_event" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "quote_id" UUID NOT NULL,
    "version_ordinal" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "actor" TEXT NOT NULL,
    "reason" TEXT,
    "facts" JSONB NOT NULL DEFAULT '{}',
    "happened_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "quote_event_pkey" PRIMARY KEY ("organization_id","id")
);
CREATE INDEX "quote_event_organization_id_quote_id_id_idx" ON "quote_event" ("organization_id", "quote_id", "id");
ALTER TABLE "quote_event"
  ADD CONSTRAINT "quote_event_organization_id_quote_id_fkey" FOREIGN KEY ("organization_id", "quote_id")
    REFERENCES "quote" ("organization_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION,
  ADD CONSTRAINT quote_event_facts_object CHECK (jsonb_typeof(facts) = 'object');
CREATE TRIGGER insert_only BEFORE UPDATE OR DELETE ON quote_event FOR EACH ROW EXECUTE FUNCTION insert_only();

-- ── Files of a quote: the offer as sent, the signed document, scans ──────────────────────────────────────────────────

CREATE TABLE "quote_document" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "quote_id" UUID NOT NULL,
    "version_ordinal" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "file_name" TEXT NOT NULL,
    "content_type" TEXT NOT NULL,
    "content" BYTEA NOT NULL,
    "sha256" TEXT NOT NULL,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "quote_document_pkey" PRIMARY KEY ("organization_id","id")
);
CREATE INDEX "quote_document_organization_id_quote_id_version_ordinal_idx" ON "quote_document" ("organization_id", "quote_id", "version_ordinal");
-- One offer and one signed document a version, whoever renders at once.
CREATE UNIQUE INDEX quote_document_one_of_kind ON quote_document (organization_id, quote_id, version_ordinal, kind) WHERE kind <> 'attachment';
ALTER TABLE "quote_document"
  ADD CONSTRAINT "quote_document_organization_id_quote_id_fkey" FOREIGN KEY ("organization_id", "quote_id")
    REFERENCES "quote" ("organization_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION,
  -- offer: as sent; signed: with signatures and audit page; paper: the scan of a paper signature
  ADD CONSTRAINT quote_document_kind_known CHECK (kind IN ('offer', 'signed', 'paper', 'attachment'));
CREATE TRIGGER insert_only BEFORE UPDATE OR DELETE ON quote_document FOR EACH ROW EXECUTE FUNCTION insert_only();

SELECT secure_table(name) FROM unnest(ARRAY['quote', 'quote_version', 'quote_edit', 'quote_event', 'quote_document']) AS name;
REVOKE UPDATE, DELETE ON quote_edit, quote_event, quote_document FROM billgrid_app;
REVOKE DELETE ON quote, quote_version FROM billgrid_app;
