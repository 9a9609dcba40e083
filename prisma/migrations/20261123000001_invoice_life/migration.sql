-- ── Whose contract a line bills; an invoice may hold lines of several contracts, or of none ──────────────────────────

ALTER TABLE invoice
  ALTER COLUMN contract_id DROP NOT NULL,
  ADD COLUMN "origin" TEXT NOT NULL DEFAULT 'schedule',
  ADD COLUMN "bill_to_customer_id" UUID,
  ADD COLUMN "credit_effect" TEXT,
  ADD COLUMN "payment_status" TEXT NOT NULL DEFAULT 'unpaid',
  ADD COLUMN "settled_total" DECIMAL(19,4) NOT NULL DEFAULT 0,
  ADD COLUMN "disputed_at" TIMESTAMPTZ(6),
  ADD COLUMN "dispute_reason" TEXT,
  ADD COLUMN "promised_on" DATE,
  ADD COLUMN "internal_note" TEXT,
  ADD COLUMN "viewed_at" TIMESTAMPTZ(6),
  ADD COLUMN "voided_at" TIMESTAMPTZ(6),
  ADD COLUMN "void_reason" TEXT,
  ADD COLUMN "input_fingerprint" TEXT;
ALTER TABLE invoice
  ADD CONSTRAINT "invoice_organization_id_bill_to_customer_id_fkey" FOREIGN KEY ("organization_id", "bill_to_customer_id")
    REFERENCES "customer" ("organization_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION,
  ADD CONSTRAINT invoice_origin_known CHECK (origin IN ('schedule', 'one_off')),
  ADD CONSTRAINT invoice_one_off_of_no_contract CHECK (origin = 'schedule' OR contract_id IS NULL),
  ADD CONSTRAINT invoice_credit_effect_known CHECK (credit_effect IN ('reissue', 'correction', 'final')),
  ADD CONSTRAINT invoice_payment_status_known CHECK (payment_status IN ('unpaid', 'partially_paid', 'paid', 'uncollectible')),
  ADD CONSTRAINT invoice_settled_within CHECK (abs(settled_total) <= abs(gross_total) AND settled_total * gross_total >= 0),
  ADD CONSTRAINT invoice_dispute_whole CHECK ((disputed_at IS NULL) = (dispute_reason IS NULL)),
  ADD CONSTRAINT invoice_void_whole CHECK ((status = 'voided') = (voided_at IS NOT NULL) AND (voided_at IS NULL) = (void_reason IS NULL)),
  DROP CONSTRAINT invoice_status_known,
  ADD CONSTRAINT invoice_status_known CHECK (status IN ('in_progress', 'draft', 'finalized', 'sent', 'voided')),
  DROP CONSTRAINT invoice_issued_whole,
  -- What is issued has a number, days and parties; what is not has none of them. Nothing falls due on a credit note.
  ADD CONSTRAINT invoice_issued_whole CHECK (
    (status IN ('in_progress', 'draft')) = (number IS NULL) AND (number IS NULL) = (issued_on IS NULL)
    AND (number IS NULL OR document_kind = 'credit_note') = (due_on IS NULL)
    AND (number IS NULL) = (tax_point_on IS NULL) AND (number IS NULL) = (accounting_on IS NULL) AND (number IS NULL) = (parties IS NULL)),
  DROP CONSTRAINT invoice_sent_when,
  ADD CONSTRAINT invoice_sent_when CHECK ((status <> 'sent' OR sent_at IS NOT NULL) AND (number IS NOT NULL OR sent_at IS NULL)),
  DROP CONSTRAINT invoice_only_drafts_stale,
  ADD CONSTRAINT invoice_only_drafts_stale CHECK (number IS NULL OR stale_since IS NULL),
  DROP CONSTRAINT invoice_fx_whole,
  ADD CONSTRAINT invoice_fx_whole CHECK (
    (fx_rate IS NULL) = (fx_rate_on IS NULL) AND (fx_rate IS NULL) = (fx_source IS NULL)
    AND (fx_rate IS NULL) = (net_in_base IS NULL) AND (fx_rate IS NULL) = (tax_in_base IS NULL)
    AND (fx_rate IS NULL OR number IS NOT NULL));

DROP INDEX invoice_one_draft;
CREATE UNIQUE INDEX invoice_one_draft ON invoice (organization_id, contract_id, bills_on)
  WHERE number IS NULL AND contract_id IS NOT NULL AND corrects_invoice_id IS NULL AND reissues_invoice_id IS NULL;
DROP INDEX invoice_drafts;
CREATE INDEX invoice_drafts ON invoice (organization_id, customer_id, service_starts_on) WHERE number IS NULL;
-- An invoice may be credited in parts; in full and issued again only once.
DROP INDEX invoice_one_credit_note;
CREATE UNIQUE INDEX invoice_one_credit_note ON invoice (organization_id, corrects_invoice_id)
  WHERE credit_effect = 'reissue' AND status <> 'voided';
CREATE INDEX "invoice_organization_id_corrects_invoice_id_idx" ON invoice ("organization_id", "corrects_invoice_id");

ALTER TABLE invoice_line
  ADD COLUMN "contract_id" UUID,
  ADD COLUMN "reason" TEXT,
  ADD COLUMN "engine_amount" DECIMAL(19,4),
  ADD COLUMN "corrects_line_id" UUID;

ALTER TABLE invoice NO FORCE ROW LEVEL SECURITY;
ALTER TABLE invoice_line NO FORCE ROW LEVEL SECURITY;
ALTER TABLE invoice DISABLE TRIGGER keep_issued_invoice;
ALTER TABLE invoice_line DISABLE TRIGGER USER;
UPDATE invoice_line AS line SET contract_id = invoice.contract_id
  FROM invoice WHERE invoice.organization_id = line.organization_id AND invoice.id = line.invoice_id;
UPDATE invoice SET credit_effect = 'reissue' WHERE document_kind = 'credit_note';
ALTER TABLE invoice_line ENABLE TRIGGER USER;
ALTER TABLE invoice ENABLE TRIGGER keep_issued_invoice;
ALTER TABLE invoice_line FORCE ROW LEVEL SECURITY;
ALTER TABLE invoice FORCE ROW LEVEL SECURITY;

ALTER TABLE invoice
  ADD CONSTRAINT invoice_credit_note_has_effect CHECK ((document_kind = 'credit_note') = (credit_effect IS NOT NULL));
ALTER TABLE invoice_line
  ADD CONSTRAINT "invoice_line_organization_id_contract_id_fkey" FOREIGN KEY ("organization_id", "contract_id")
    REFERENCES "contract" ("organization_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION,
  -- What people write has a reason, and only that.
  ADD CONSTRAINT invoice_line_engine_has_contract CHECK (origin <> 'engine' OR contract_id IS NOT NULL OR corrects_line_id IS NOT NULL),
  ADD CONSTRAINT invoice_line_overridden_whole CHECK (engine_amount IS NULL OR reason IS NOT NULL);
-- What was billed is read by contract and day.
CREATE INDEX "invoice_line_organization_id_contract_id_full_ends_before_idx" ON invoice_line ("organization_id", "contract_id", "full_ends_before");

-- Beside the issued content stand its delivery, its life and its collection.
CREATE OR REPLACE FUNCTION keep_issued_invoice() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  beside text[] := ARRAY['status', 'sent_at', 'due_on', 'version', 'updated_at', 'payment_status', 'settled_total', 'disputed_at',
    'dispute_reason', 'promised_on', 'internal_note', 'viewed_at', 'voided_at', 'void_reason'];
BEGIN
  IF OLD.number IS NULL THEN
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
  END IF;
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'invoice % is issued and cannot be deleted', OLD.number USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF NEW.number IS NULL OR OLD.status = 'voided' AND NEW.status <> 'voided'
      OR to_jsonb(OLD) - beside <> to_jsonb(NEW) - beside THEN
    RAISE EXCEPTION 'invoice % is issued and its content cannot change', OLD.number USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE FUNCTION keep_issued_lines() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  issued text;
BEGIN
  -- Looked up invoice by invoice: a join may read all that was ever issued.
  SELECT found.number INTO issued FROM (SELECT DISTINCT organization_id, invoice_id FROM changed) AS touched
  CROSS JOIN LATERAL (
    SELECT number FROM invoice
    WHERE invoice.organization_id = touched.organization_id AND invoice.id = touched.invoice_id OFFSET 0) AS found
  WHERE found.number IS NOT NULL LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'invoice % is issued and its lines cannot change', issued USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;

-- ── What people add to drafts; a recalculation takes it in and never changes it ──────────────────────────────────────

CREATE TABLE "manual_line" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "invoice_id" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "product_id" UUID NOT NULL,
    "description" TEXT NOT NULL,
    "service_starts_on" DATE NOT NULL,
    "service_ends_before" DATE NOT NULL,
    "quantity" DECIMAL(28,12),
    "unit_price" DECIMAL(28,12),
    "amount" DECIMAL(19,4) NOT NULL,
    "tax_code" TEXT,
    "reason" TEXT NOT NULL,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "manual_line_pkey" PRIMARY KEY ("organization_id","id")
) WITH (fillfactor = 75);
CREATE INDEX "manual_line_organization_id_invoice_id_idx" ON "manual_line" ("organization_id", "invoice_id");
ALTER TABLE "manual_line"
  ADD CONSTRAINT "manual_line_organization_id_invoice_id_fkey" FOREIGN KEY ("organization_id", "invoice_id")
    REFERENCES "invoice" ("organization_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION,
  ADD CONSTRAINT "manual_line_organization_id_product_id_fkey" FOREIGN KEY ("organization_id", "product_id")
    REFERENCES "product" ("organization_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION,
  ADD CONSTRAINT manual_line_has_days CHECK (service_starts_on < service_ends_before),
  ADD CONSTRAINT manual_line_reason_not_empty CHECK (reason <> '' AND description <> '');

-- By what the engine bills, not by draft: the override stays where the draft is made anew, moved or gone.
CREATE TABLE "line_override" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "contract_id" UUID NOT NULL,
    "billing_key" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "engine_amount" DECIMAL(19,4) NOT NULL,
    "amount" DECIMAL(19,4) NOT NULL,
    "reason" TEXT NOT NULL,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL,
    "confirmed_by" TEXT,
    "confirmed_at" TIMESTAMPTZ(6),
    "billed_at" TIMESTAMPTZ(6),

    CONSTRAINT "line_override_pkey" PRIMARY KEY ("organization_id","id")
) WITH (fillfactor = 75);
CREATE UNIQUE INDEX "line_override_organization_id_contract_id_billing_key_key" ON "line_override" ("organization_id", "contract_id", "billing_key");
ALTER TABLE "line_override"
  ADD CONSTRAINT "line_override_organization_id_contract_id_fkey" FOREIGN KEY ("organization_id", "contract_id")
    REFERENCES "contract" ("organization_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION,
  ADD CONSTRAINT line_override_reason_not_empty CHECK (reason <> ''),
  ADD CONSTRAINT line_override_confirmed_whole CHECK ((confirmed_by IS NULL) = (confirmed_at IS NULL));

-- On which draft people want what falls due: of a contract and day (merged), or of one line of it (split off).
CREATE TABLE "draft_placement" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "contract_id" UUID NOT NULL,
    "bills_on" DATE NOT NULL,
    "billing_key" TEXT,
    "invoice_id" UUID NOT NULL,

    CONSTRAINT "draft_placement_pkey" PRIMARY KEY ("organization_id","id")
) WITH (fillfactor = 75);
CREATE INDEX "draft_placement_organization_id_contract_id_bills_on_idx" ON "draft_placement" ("organization_id", "contract_id", "bills_on");
CREATE UNIQUE INDEX draft_placement_of_day ON draft_placement (organization_id, contract_id, bills_on) WHERE billing_key IS NULL;
CREATE UNIQUE INDEX draft_placement_of_line ON draft_placement (organization_id, contract_id, bills_on, billing_key) WHERE billing_key IS NOT NULL;
CREATE INDEX "draft_placement_organization_id_invoice_id_idx" ON "draft_placement" ("organization_id", "invoice_id");
ALTER TABLE "draft_placement"
  ADD CONSTRAINT "draft_placement_organization_id_contract_id_fkey" FOREIGN KEY ("organization_id", "contract_id")
    REFERENCES "contract" ("organization_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION,
  ADD CONSTRAINT "draft_placement_organization_id_invoice_id_fkey" FOREIGN KEY ("organization_id", "invoice_id")
    REFERENCES "invoice" ("organization_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION;

SELECT secure_table(name) FROM unnest(ARRAY['manual_line', 'line_override', 'draft_placement']) AS name;

-- ── Months that are closed, and what operations there are ────────────────────────────────────────────────────────────

ALTER TABLE organization
  ADD COLUMN "locked_through" DATE,
  ADD CONSTRAINT organization_locked_month_begins CHECK (extract(day FROM locked_through) = 1);

ALTER TABLE operation
  ADD COLUMN "retries_operation_id" UUID,
  ADD CONSTRAINT "operation_organization_id_retries_operation_id_fkey" FOREIGN KEY ("organization_id", "retries_operation_id")
    REFERENCES "operation" ("organization_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION,
  DROP CONSTRAINT operation_kind_known,
  ADD CONSTRAINT operation_kind_known CHECK (kind IN ('draft', 'recalculate', 'finalize', 'send', 'void', 'sync', 'remind'));
