-- ── Who keeps the payments ───────────────────────────────────────────────────────────────────────────────────────────

ALTER TABLE organization
  ADD COLUMN "payments_master" TEXT NOT NULL DEFAULT 'billgrid',
  ADD COLUMN "small_difference" DECIMAL(19,4) NOT NULL DEFAULT 1,
  ADD CONSTRAINT organization_payments_master_known CHECK (payments_master IN ('billgrid', 'xero'));

-- ── Money that came in, and went back ────────────────────────────────────────────────────────────────────────────────

CREATE TABLE "payment" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "amount" DECIMAL(19,4) NOT NULL,
    "received_on" DATE NOT NULL,
    "accounting_on" DATE NOT NULL,
    "method" TEXT NOT NULL,
    "reference" TEXT,
    "payer_name" TEXT,
    "payer_account" TEXT,
    "source" TEXT NOT NULL,
    "external_id" TEXT,
    "note" TEXT,
    "recorded_by" TEXT NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "payment_pkey" PRIMARY KEY ("organization_id","id")
);
CREATE UNIQUE INDEX "payment_organization_id_source_external_id_key" ON "payment" ("organization_id", "source", "external_id");
CREATE INDEX "payment_organization_id_customer_id_currency_idx" ON "payment" ("organization_id", "customer_id", "currency");
CREATE INDEX "payment_organization_id_received_on_id_idx" ON "payment" ("organization_id", "received_on", "id");
CREATE INDEX "payment_organization_id_payer_account_idx" ON "payment" ("organization_id", "payer_account");
ALTER TABLE "payment"
  ADD CONSTRAINT "payment_organization_id_customer_id_fkey" FOREIGN KEY ("organization_id", "customer_id")
    REFERENCES "customer" ("organization_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION,
  ADD CONSTRAINT payment_amount_positive CHECK (amount > 0),
  ADD CONSTRAINT payment_posted_after_received CHECK (accounting_on >= received_on),
  ADD CONSTRAINT payment_method_known CHECK (method IN ('bank_transfer', 'direct_debit', 'card', 'cheque', 'cash', 'other')),
  ADD CONSTRAINT payment_source_known CHECK (source IN ('manual', 'bank_file', 'xero')),
  ADD CONSTRAINT payment_from_elsewhere_has_id CHECK (source <> 'xero' OR external_id IS NOT NULL);

-- A payment that bounced, or that was recorded by mistake: as if it had never come in, from that day on.
CREATE TABLE "payment_reversal" (
    "organization_id" UUID NOT NULL,
    "payment_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "reversed_on" DATE NOT NULL,
    "accounting_on" DATE NOT NULL,
    "reason" TEXT NOT NULL,
    "recorded_by" TEXT NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "payment_reversal_pkey" PRIMARY KEY ("organization_id","payment_id")
);
ALTER TABLE "payment_reversal"
  ADD CONSTRAINT "payment_reversal_organization_id_payment_id_fkey" FOREIGN KEY ("organization_id", "payment_id")
    REFERENCES "payment" ("organization_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION,
  ADD CONSTRAINT payment_reversal_kind_known CHECK (kind IN ('bounced', 'mistake')),
  ADD CONSTRAINT payment_reversal_reason_not_empty CHECK (reason <> '');

CREATE TABLE "refund" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "amount" DECIMAL(19,4) NOT NULL,
    "paid_on" DATE NOT NULL,
    "accounting_on" DATE NOT NULL,
    "method" TEXT NOT NULL,
    "reference" TEXT,
    "reason" TEXT NOT NULL,
    "recorded_by" TEXT NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "refund_pkey" PRIMARY KEY ("organization_id","id")
);
CREATE INDEX "refund_organization_id_customer_id_currency_idx" ON "refund" ("organization_id", "customer_id", "currency");
ALTER TABLE "refund"
  ADD CONSTRAINT "refund_organization_id_customer_id_fkey" FOREIGN KEY ("organization_id", "customer_id")
    REFERENCES "customer" ("organization_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION,
  ADD CONSTRAINT refund_amount_positive CHECK (amount > 0),
  ADD CONSTRAINT refund_method_known CHECK (method IN ('bank_transfer', 'direct_debit', 'card', 'cheque', 'cash', 'other')),
  ADD CONSTRAINT refund_reason_not_empty CHECK (reason <> '');

-- ── What settles what ────────────────────────────────────────────────────────────────────────────────────────────────

-- What is drawn from a payment or an issued credit note, or given up, for an invoice; or paid back to the customer.
CREATE TABLE "settlement" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "invoice_id" UUID,
    "refund_id" UUID,
    "payment_id" UUID,
    "credit_note_id" UUID,
    "amount" DECIMAL(19,4) NOT NULL,
    "effective_on" DATE NOT NULL,
    "write_off_as" TEXT,
    "reason" TEXT,
    "reverses_id" UUID,
    "recorded_by" TEXT NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "settlement_pkey" PRIMARY KEY ("organization_id","id")
);
CREATE UNIQUE INDEX "settlement_organization_id_reverses_id_key" ON "settlement" ("organization_id", "reverses_id");
CREATE INDEX "settlement_organization_id_invoice_id_idx" ON "settlement" ("organization_id", "invoice_id");
CREATE INDEX "settlement_organization_id_payment_id_idx" ON "settlement" ("organization_id", "payment_id");
CREATE INDEX "settlement_organization_id_credit_note_id_idx" ON "settlement" ("organization_id", "credit_note_id");
CREATE INDEX "settlement_organization_id_refund_id_idx" ON "settlement" ("organization_id", "refund_id");
CREATE INDEX "settlement_organization_id_effective_on_idx" ON "settlement" ("organization_id", "effective_on");
ALTER TABLE "settlement"
  ADD CONSTRAINT "settlement_organization_id_invoice_id_fkey" FOREIGN KEY ("organization_id", "invoice_id")
    REFERENCES "invoice" ("organization_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION,
  ADD CONSTRAINT "settlement_organization_id_refund_id_fkey" FOREIGN KEY ("organization_id", "refund_id")
    REFERENCES "refund" ("organization_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION,
  ADD CONSTRAINT "settlement_organization_id_payment_id_fkey" FOREIGN KEY ("organization_id", "payment_id")
    REFERENCES "payment" ("organization_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION,
  ADD CONSTRAINT "settlement_organization_id_credit_note_id_fkey" FOREIGN KEY ("organization_id", "credit_note_id")
    REFERENCES "invoice" ("organization_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION,
  ADD CONSTRAINT "settlement_organization_id_reverses_id_fkey" FOREIGN KEY ("organization_id", "reverses_id")
    REFERENCES "settlement" ("organization_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION,
  ADD CONSTRAINT settlement_kind_known CHECK (kind IN ('payment', 'credit_note', 'balance', 'write_off', 'refund')),
  ADD CONSTRAINT settlement_of_one CHECK ((invoice_id IS NULL) = (kind = 'refund') AND (refund_id IS NULL) = (kind <> 'refund')),
  ADD CONSTRAINT settlement_has_source CHECK (
    CASE kind WHEN 'payment' THEN payment_id IS NOT NULL AND credit_note_id IS NULL
      WHEN 'credit_note' THEN credit_note_id IS NOT NULL AND payment_id IS NULL
      WHEN 'write_off' THEN payment_id IS NULL AND credit_note_id IS NULL
      ELSE (payment_id IS NULL) <> (credit_note_id IS NULL) END),
  -- A reversal takes back what it names, whole: the same amount below zero.
  ADD CONSTRAINT settlement_sign CHECK (CASE WHEN reverses_id IS NULL THEN amount > 0 ELSE amount < 0 END),
  ADD CONSTRAINT settlement_write_off_as_known CHECK (write_off_as IN ('bad_debt', 'small_difference')),
  ADD CONSTRAINT settlement_write_off_whole CHECK ((kind = 'write_off') = (write_off_as IS NOT NULL)),
  ADD CONSTRAINT settlement_has_reason CHECK (reason <> '' AND (reason IS NOT NULL OR (kind <> 'write_off' AND reverses_id IS NULL)));

-- What is left of a customer's payments and credit notes is its balance; the row is the lock under which it is used.
CREATE TABLE "customer_balance" (
    "organization_id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "customer_balance_pkey" PRIMARY KEY ("organization_id","customer_id","currency")
);
ALTER TABLE "customer_balance"
  ADD CONSTRAINT "customer_balance_organization_id_customer_id_fkey" FOREIGN KEY ("organization_id", "customer_id")
    REFERENCES "customer" ("organization_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION;

-- ── Bank files ───────────────────────────────────────────────────────────────────────────────────────────────────────

CREATE TABLE "bank_account" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "file_format" JSONB,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "bank_account_pkey" PRIMARY KEY ("organization_id","id")
);
CREATE UNIQUE INDEX "bank_account_organization_id_name_key" ON "bank_account" ("organization_id", "name");

CREATE TABLE "bank_file" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "bank_account_id" UUID NOT NULL,
    "file_name" TEXT NOT NULL,
    "content_hash" TEXT NOT NULL,
    "line_count" INTEGER NOT NULL,
    "duplicate_count" INTEGER NOT NULL,
    "imported_by" TEXT NOT NULL,
    "imported_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "bank_file_pkey" PRIMARY KEY ("organization_id","id")
);
CREATE UNIQUE INDEX "bank_file_organization_id_bank_account_id_content_hash_key" ON "bank_file" ("organization_id", "bank_account_id", "content_hash");
ALTER TABLE "bank_file"
  ADD CONSTRAINT "bank_file_organization_id_bank_account_id_fkey" FOREIGN KEY ("organization_id", "bank_account_id")
    REFERENCES "bank_account" ("organization_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION;

CREATE TABLE "bank_line" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "bank_account_id" UUID NOT NULL,
    "bank_file_id" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "line_hash" TEXT NOT NULL,
    "booked_on" DATE NOT NULL,
    "amount" DECIMAL(19,4) NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "payer_name" TEXT NOT NULL,
    "payer_account" TEXT NOT NULL,
    "reference" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "payment_id" UUID,
    "decided_because" TEXT,
    "decided_by" TEXT,
    "decided_at" TIMESTAMPTZ(6),
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "bank_line_pkey" PRIMARY KEY ("organization_id","id")
);
CREATE UNIQUE INDEX "bank_line_organization_id_bank_account_id_line_hash_key" ON "bank_line" ("organization_id", "bank_account_id", "line_hash");
CREATE INDEX "bank_line_organization_id_bank_file_id_ordinal_idx" ON "bank_line" ("organization_id", "bank_file_id", "ordinal");
CREATE INDEX "bank_line_organization_id_status_booked_on_id_idx" ON "bank_line" ("organization_id", "status", "booked_on", "id");
CREATE INDEX "bank_line_organization_id_payment_id_idx" ON "bank_line" ("organization_id", "payment_id");
ALTER TABLE "bank_line"
  ADD CONSTRAINT "bank_line_organization_id_bank_account_id_fkey" FOREIGN KEY ("organization_id", "bank_account_id")
    REFERENCES "bank_account" ("organization_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION,
  ADD CONSTRAINT "bank_line_organization_id_bank_file_id_fkey" FOREIGN KEY ("organization_id", "bank_file_id")
    REFERENCES "bank_file" ("organization_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION,
  ADD CONSTRAINT "bank_line_organization_id_payment_id_fkey" FOREIGN KEY ("organization_id", "payment_id")
    REFERENCES "payment" ("organization_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION,
  ADD CONSTRAINT bank_line_status_known CHECK (status IN ('to_match', 'outgoing', 'recorded', 'ignored')),
  ADD CONSTRAINT bank_line_recorded_whole CHECK ((status = 'recorded') = (payment_id IS NOT NULL)),
  ADD CONSTRAINT bank_line_ignored_because CHECK (status <> 'ignored' OR decided_because <> '');

SELECT secure_table(name) FROM unnest(ARRAY[
  'payment', 'payment_reversal', 'refund', 'settlement', 'customer_balance', 'bank_account', 'bank_file', 'bank_line']) AS name;

CREATE TRIGGER insert_only BEFORE UPDATE OR DELETE ON payment FOR EACH ROW EXECUTE FUNCTION insert_only();
CREATE TRIGGER insert_only BEFORE UPDATE OR DELETE ON payment_reversal FOR EACH ROW EXECUTE FUNCTION insert_only();
CREATE TRIGGER insert_only BEFORE UPDATE OR DELETE ON refund FOR EACH ROW EXECUTE FUNCTION insert_only();
CREATE TRIGGER insert_only BEFORE UPDATE OR DELETE ON settlement FOR EACH ROW EXECUTE FUNCTION insert_only();
CREATE TRIGGER insert_only BEFORE UPDATE OR DELETE ON bank_file FOR EACH ROW EXECUTE FUNCTION insert_only();
REVOKE UPDATE, DELETE ON payment, payment_reversal, refund, settlement, bank_file FROM billgrid_app;
REVOKE DELETE ON customer_balance, bank_account, bank_line FROM billgrid_app;

-- What was said before payments were kept: what asks for nothing is paid, and a credit note settles the invoice that it takes back.
ALTER TABLE invoice NO FORCE ROW LEVEL SECURITY;
ALTER TABLE settlement NO FORCE ROW LEVEL SECURITY;
INSERT INTO settlement (organization_id, id, kind, invoice_id, credit_note_id, amount, effective_on, recorded_by, recorded_at)
  SELECT note.organization_id, gen_random_uuid(), 'credit_note', invoice.id, note.id, least(-note.gross_total, invoice.gross_total),
    greatest(note.accounting_on, invoice.accounting_on), 'Billgrid', note.updated_at
  FROM invoice AS note JOIN invoice ON invoice.organization_id = note.organization_id AND invoice.id = note.corrects_invoice_id
  WHERE note.document_kind = 'credit_note' AND note.status IN ('finalized', 'sent') AND invoice.status IN ('finalized', 'sent')
    AND note.gross_total < 0 AND invoice.gross_total > 0;
UPDATE invoice SET settled_total = settled.total,
    payment_status = CASE WHEN settled.total = invoice.gross_total THEN 'paid' ELSE 'partially_paid' END
  FROM (
    SELECT organization_id, invoice_id AS id, sum(amount) AS total FROM settlement GROUP BY organization_id, invoice_id
    UNION ALL SELECT organization_id, credit_note_id, -sum(amount) FROM settlement GROUP BY organization_id, credit_note_id) AS settled
  WHERE settled.organization_id = invoice.organization_id AND settled.id = invoice.id;
UPDATE invoice SET payment_status = 'paid' WHERE gross_total = 0 AND status IN ('finalized', 'sent');
ALTER TABLE settlement FORCE ROW LEVEL SECURITY;
ALTER TABLE invoice FORCE ROW LEVEL SECURITY;

-- ── What always holds ────────────────────────────────────────────────────────────────────────────────────────────────

-- What was paid or credited is not voided.
ALTER TABLE invoice ADD CONSTRAINT invoice_voided_unsettled CHECK (status <> 'voided' OR settled_total = 0);

-- For lists of what is still to be paid, and of credit notes with something left.
CREATE INDEX invoice_unsettled ON invoice (organization_id, customer_id, due_on)
  WHERE number IS NOT NULL AND status <> 'voided' AND settled_total <> gross_total;
CREATE INDEX invoice_voided ON invoice (organization_id, voided_at) WHERE status = 'voided';

-- The total on a document is the sum of what settles it, or is drawn from it; and no payment pays more than came in.
-- Judged at the end of the transaction, in which both are written.
CREATE FUNCTION keep_settled_total() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  broken record;
BEGIN
  SELECT document.number, document.settled_total, settled.total INTO broken
  FROM invoice AS document
  CROSS JOIN LATERAL (
    SELECT coalesce((SELECT sum(amount) FROM settlement
                     WHERE settlement.organization_id = document.organization_id AND settlement.invoice_id = document.id), 0)
         - coalesce((SELECT sum(amount) FROM settlement
                     WHERE settlement.organization_id = document.organization_id AND settlement.credit_note_id = document.id), 0) AS total) AS settled
  WHERE document.organization_id = NEW.organization_id
    AND document.id IN (SELECT unnest(ARRAY[NEW.invoice_id, NEW.credit_note_id]))
    AND document.settled_total <> settled.total
  LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'document % says that % is settled, its settlements say %', broken.number, broken.settled_total, broken.total
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  SELECT payment.id, payment.amount, used.total INTO broken
  FROM payment
  CROSS JOIN LATERAL (
    SELECT sum(amount) AS total FROM settlement
    WHERE settlement.organization_id = payment.organization_id AND settlement.payment_id = payment.id) AS used
  WHERE payment.organization_id = NEW.organization_id AND payment.id = NEW.payment_id
    AND used.total NOT BETWEEN 0 AND payment.amount;
  IF FOUND THEN
    RAISE EXCEPTION 'payment % of % would pay %', broken.id, broken.amount, broken.total USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER keep_settled_total AFTER INSERT ON settlement DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION keep_settled_total();

-- A reversal is the mirror of one settlement, and a reversed payment pays nothing.
CREATE FUNCTION keep_reversal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.reverses_id IS NOT NULL AND NOT EXISTS (
    SELECT FROM settlement AS taken WHERE taken.organization_id = NEW.organization_id AND taken.id = NEW.reverses_id
      AND taken.reverses_id IS NULL AND taken.amount = -NEW.amount AND taken.kind = NEW.kind
      AND (taken.invoice_id, taken.refund_id, taken.payment_id, taken.credit_note_id)
        IS NOT DISTINCT FROM (NEW.invoice_id, NEW.refund_id, NEW.payment_id, NEW.credit_note_id)) THEN
    RAISE EXCEPTION 'settlement % is not the mirror of %', NEW.id, NEW.reverses_id USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER keep_reversal AFTER INSERT ON settlement DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION keep_reversal();

CREATE FUNCTION keep_reversed_payment() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  paid numeric;
BEGIN
  SELECT sum(amount) INTO paid FROM settlement WHERE organization_id = NEW.organization_id AND payment_id = NEW.payment_id;
  IF paid <> 0 AND EXISTS (SELECT FROM payment_reversal WHERE organization_id = NEW.organization_id AND payment_id = NEW.payment_id) THEN
    RAISE EXCEPTION 'payment % is reversed and still pays %', NEW.payment_id, paid USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER keep_reversed_payment AFTER INSERT ON payment_reversal DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION keep_reversed_payment();
CREATE CONSTRAINT TRIGGER keep_reversed_payment AFTER INSERT ON settlement DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (NEW.payment_id IS NOT NULL) EXECUTE FUNCTION keep_reversed_payment();
