-- ── What people decide of a draft beside its lines ───────────────────────────────────────────────────────────────────

-- Stands above the PO number of the contract; a recalculation takes it in. The memo is the draft's own, and stays on it.
CREATE TABLE "draft_terms" (
    "organization_id" UUID NOT NULL,
    "invoice_id" UUID NOT NULL,
    "po_number" TEXT NOT NULL,

    CONSTRAINT "draft_terms_pkey" PRIMARY KEY ("organization_id","invoice_id")
);
ALTER TABLE "draft_terms"
  ADD CONSTRAINT "draft_terms_organization_id_invoice_id_fkey" FOREIGN KEY ("organization_id", "invoice_id")
    REFERENCES "invoice" ("organization_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION,
  ADD CONSTRAINT draft_terms_po_number_not_empty CHECK (po_number <> '');

-- ── Beside what was issued ───────────────────────────────────────────────────────────────────────────────────────────

-- Who gets an issued invoice, where that is not whom the customer's invoices go to.
CREATE TABLE "invoice_recipient" (
    "organization_id" UUID NOT NULL,
    "invoice_id" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,

    CONSTRAINT "invoice_recipient_pkey" PRIMARY KEY ("organization_id","invoice_id","ordinal")
);
ALTER TABLE "invoice_recipient"
  ADD CONSTRAINT "invoice_recipient_organization_id_invoice_id_fkey" FOREIGN KEY ("organization_id", "invoice_id")
    REFERENCES "invoice" ("organization_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION,
  ADD CONSTRAINT invoice_recipient_not_empty CHECK (name <> '' AND email <> '');

-- PO number and memo of an amended copy; the invoice itself stays as it was issued.
CREATE TABLE "invoice_amendment" (
    "organization_id" UUID NOT NULL,
    "invoice_id" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "po_number" TEXT,
    "memo" TEXT,
    "reason" TEXT NOT NULL,
    "amended_on" DATE NOT NULL,
    "amended_by" TEXT NOT NULL,
    "amended_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "invoice_amendment_pkey" PRIMARY KEY ("organization_id","invoice_id","ordinal")
);
ALTER TABLE "invoice_amendment"
  ADD CONSTRAINT "invoice_amendment_organization_id_invoice_id_fkey" FOREIGN KEY ("organization_id", "invoice_id")
    REFERENCES "invoice" ("organization_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION,
  ADD CONSTRAINT invoice_amendment_counts_from_one CHECK (ordinal > 0),
  ADD CONSTRAINT invoice_amendment_reason_not_empty CHECK (reason <> '');

SELECT secure_table(name) FROM unnest(ARRAY['draft_terms', 'invoice_recipient', 'invoice_amendment']) AS name;
REVOKE UPDATE, DELETE, TRUNCATE ON invoice_amendment FROM billgrid_app;
CREATE TRIGGER insert_only BEFORE UPDATE OR DELETE ON invoice_amendment FOR EACH ROW EXECUTE FUNCTION insert_only();

-- The issued document, each amended copy, and the one that is marked void; all of them stay.
ALTER TABLE invoice_document
  ADD COLUMN "rendition" TEXT NOT NULL DEFAULT 'issued',
  ADD COLUMN "amendment" INTEGER NOT NULL DEFAULT 0,
  DROP CONSTRAINT "invoice_document_pkey",
  ADD CONSTRAINT "invoice_document_pkey" PRIMARY KEY ("organization_id","invoice_id","rendition","amendment"),
  ADD CONSTRAINT invoice_document_rendition_known CHECK (rendition IN ('issued', 'amended', 'void')),
  ADD CONSTRAINT invoice_document_amendment_of_amended CHECK ((rendition = 'amended') = (amendment > 0));

-- ── How the organization numbers and what it allows ──────────────────────────────────────────────────────────────────

ALTER TABLE organization
  ADD COLUMN "invoice_prefix" TEXT NOT NULL DEFAULT 'INV-',
  ADD COLUMN "credit_note_prefix" TEXT NOT NULL DEFAULT 'CN-',
  ADD COLUMN "allows_amended_copies" BOOLEAN NOT NULL DEFAULT false,
  ADD COLUMN "negative_drafts" TEXT NOT NULL DEFAULT 'carry_forward',
  ADD CONSTRAINT organization_prefixes_differ CHECK (invoice_prefix <> '' AND credit_note_prefix <> '' AND invoice_prefix <> credit_note_prefix),
  ADD CONSTRAINT organization_negative_drafts_known CHECK (negative_drafts IN ('carry_forward', 'credit_note'));
