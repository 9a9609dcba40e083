-- ── Credit notes over issued invoices, and invoices that are issued again ────────────────────────────────────────────

ALTER TABLE "invoice"
  ADD COLUMN "document_kind" TEXT NOT NULL DEFAULT 'invoice',
  ADD COLUMN "corrects_invoice_id" UUID,
  ADD COLUMN "reissues_invoice_id" UUID;
ALTER TABLE "invoice"
  ADD CONSTRAINT "invoice_organization_id_corrects_invoice_id_fkey" FOREIGN KEY ("organization_id", "corrects_invoice_id")
    REFERENCES "invoice" ("organization_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION,
  ADD CONSTRAINT "invoice_organization_id_reissues_invoice_id_fkey" FOREIGN KEY ("organization_id", "reissues_invoice_id")
    REFERENCES "invoice" ("organization_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION,
  ADD CONSTRAINT invoice_document_kind_known CHECK (document_kind IN ('invoice', 'credit_note')),
  ADD CONSTRAINT invoice_credit_note_corrects CHECK ((document_kind = 'credit_note') = (corrects_invoice_id IS NOT NULL)),
  ADD CONSTRAINT invoice_reissue_is_invoice CHECK (reissues_invoice_id IS NULL OR document_kind = 'invoice'),
  ADD CONSTRAINT invoice_not_of_itself CHECK (id <> corrects_invoice_id AND id <> reissues_invoice_id),
  DROP CONSTRAINT invoice_issued_whole,
  -- What is issued has a number, days and parties; a draft has none of them. Nothing falls due on a credit note.
  ADD CONSTRAINT invoice_issued_whole CHECK (
    (status = 'draft') = (number IS NULL) AND (number IS NULL) = (issued_on IS NULL)
    AND (number IS NULL OR document_kind = 'credit_note') = (due_on IS NULL)
    AND (number IS NULL) = (tax_point_on IS NULL) AND (number IS NULL) = (accounting_on IS NULL) AND (number IS NULL) = (parties IS NULL));

-- An invoice is credited in full once, and issued again once, whoever calculates at once.
CREATE UNIQUE INDEX invoice_one_credit_note ON invoice (organization_id, corrects_invoice_id)
  WHERE corrects_invoice_id IS NOT NULL AND status <> 'voided';
CREATE UNIQUE INDEX invoice_one_reissue ON invoice (organization_id, reissues_invoice_id)
  WHERE reissues_invoice_id IS NOT NULL AND status <> 'voided';
-- Both stand on the day of what they correct, beside what else falls due on it.
DROP INDEX invoice_one_draft;
CREATE UNIQUE INDEX invoice_one_draft ON invoice (organization_id, contract_id, bills_on)
  WHERE status = 'draft' AND corrects_invoice_id IS NULL AND reissues_invoice_id IS NULL;

-- ── What came too late for the invoice of its period, and is not on a draft ──────────────────────────────────────────

CREATE TABLE "late_adjustment" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "contract_id" UUID NOT NULL,
    "state" TEXT NOT NULL,
    "billing_key" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "service_starts_on" DATE NOT NULL,
    "service_ends_before" DATE NOT NULL,
    "due_on" DATE NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "amount" DECIMAL(19,4) NOT NULL,
    "noticed_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "late_adjustment_pkey" PRIMARY KEY ("organization_id","id")
);
CREATE UNIQUE INDEX "late_adjustment_organization_id_contract_id_state_billing_k_key"
  ON "late_adjustment" ("organization_id", "contract_id", "state", "billing_key");
ALTER TABLE "late_adjustment"
  ADD CONSTRAINT "late_adjustment_organization_id_contract_id_fkey" FOREIGN KEY ("organization_id", "contract_id")
    REFERENCES "contract" ("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT late_adjustment_state_known CHECK (state IN ('waiting', 'ignored')),
  ADD CONSTRAINT late_adjustment_service_period CHECK (service_starts_on < service_ends_before),
  ADD CONSTRAINT late_adjustment_not_zero CHECK (amount <> 0);
SELECT secure_table('late_adjustment');
