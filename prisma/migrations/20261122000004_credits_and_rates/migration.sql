-- ── Prepaid credits: grants, and a ledger of what became of them ─────────────────────────────────────────────────────

CREATE TABLE "credit_grant" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "amount" DECIMAL(19,4) NOT NULL,
    "starts_on" DATE NOT NULL,
    "ends_before" DATE,
    "lapses_on" DATE,
    "priority" INTEGER NOT NULL DEFAULT 100,
    "product_ids" UUID[],
    "rollover_percent" DECIMAL(9,4),
    "rollover_maximum" DECIMAL(19,4),
    "rollover_months" INTEGER,
    "rolled_over_from_id" UUID,
    "note" TEXT,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "credit_grant_pkey" PRIMARY KEY ("organization_id","id")
);
CREATE INDEX "credit_grant_organization_id_customer_id_idx" ON "credit_grant" ("organization_id", "customer_id");
CREATE INDEX "credit_grant_organization_id_lapses_on_idx" ON "credit_grant" ("organization_id", "lapses_on");
ALTER TABLE "credit_grant"
  ADD CONSTRAINT "credit_grant_organization_id_customer_id_fkey" FOREIGN KEY ("organization_id", "customer_id")
    REFERENCES "customer" ("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "credit_grant_organization_id_rolled_over_from_id_fkey" FOREIGN KEY ("organization_id", "rolled_over_from_id")
    REFERENCES "credit_grant" ("organization_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION,
  ADD CONSTRAINT credit_grant_kind_known CHECK (kind IN ('prepaid', 'promotional')),
  ADD CONSTRAINT credit_grant_amount_positive CHECK (amount > 0),
  ADD CONSTRAINT credit_grant_has_days CHECK (starts_on < ends_before),
  ADD CONSTRAINT credit_grant_lapses_after_end CHECK ((lapses_on IS NULL) = (ends_before IS NULL) AND lapses_on >= ends_before),
  ADD CONSTRAINT credit_grant_rollover_whole CHECK (
    (rollover_months IS NULL AND rollover_percent IS NULL AND rollover_maximum IS NULL)
    OR (rollover_months > 0 AND ends_before IS NOT NULL AND (rollover_percent IS NOT NULL OR rollover_maximum IS NOT NULL)));

CREATE TABLE "credit_entry" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "grant_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "amount" DECIMAL(19,4) NOT NULL,
    "effective_on" DATE NOT NULL,
    "invoice_id" UUID,
    "billing_key" TEXT,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "credit_entry_pkey" PRIMARY KEY ("organization_id","id")
);
CREATE INDEX "credit_entry_organization_id_grant_id_id_idx" ON "credit_entry" ("organization_id", "grant_id", "id");
CREATE INDEX "credit_entry_organization_id_invoice_id_idx" ON "credit_entry" ("organization_id", "invoice_id");
ALTER TABLE "credit_entry"
  ADD CONSTRAINT "credit_entry_organization_id_grant_id_fkey" FOREIGN KEY ("organization_id", "grant_id")
    REFERENCES "credit_grant" ("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "credit_entry_organization_id_invoice_id_fkey" FOREIGN KEY ("organization_id", "invoice_id")
    REFERENCES "invoice" ("organization_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION,
  ADD CONSTRAINT credit_entry_kind_known CHECK (
    kind IN ('granted', 'consumed', 'returned', 'expired', 'rolled_over', 'voided')),
  ADD CONSTRAINT credit_entry_sign CHECK (CASE WHEN kind IN ('granted', 'returned') THEN amount > 0 ELSE amount < 0 END),
  -- What pays, and what comes back, names the invoice and its line.
  ADD CONSTRAINT credit_entry_of_invoice CHECK (
    (kind IN ('consumed', 'returned')) = (invoice_id IS NOT NULL) AND (invoice_id IS NULL) = (billing_key IS NULL));

SELECT secure_table(name) FROM unnest(ARRAY['credit_grant', 'credit_entry']) AS name;

-- A grant is locked by SELECT … FOR UPDATE, which needs the right to update; the trigger sees to it that nobody does.
CREATE TRIGGER insert_only BEFORE UPDATE OR DELETE ON credit_grant FOR EACH ROW EXECUTE FUNCTION insert_only();
CREATE TRIGGER insert_only BEFORE UPDATE OR DELETE ON credit_entry FOR EACH ROW EXECUTE FUNCTION insert_only();
REVOKE UPDATE, DELETE ON credit_entry FROM billgrid_app;
REVOKE DELETE ON credit_grant FROM billgrid_app;

-- The balance of a grant is the sum of its entries. It stays between nothing and what was granted, whoever writes at once.
CREATE FUNCTION keep_credit_balance() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  broken record;
BEGIN
  PERFORM 1 FROM credit_grant
  WHERE (organization_id, id) IN (SELECT organization_id, grant_id FROM added) ORDER BY organization_id, id FOR UPDATE;
  SELECT credit_grant.id, sum(entry.amount) AS balance INTO broken
  FROM credit_grant
  JOIN credit_entry entry ON entry.organization_id = credit_grant.organization_id AND entry.grant_id = credit_grant.id
  WHERE (credit_grant.organization_id, credit_grant.id) IN (SELECT organization_id, grant_id FROM added)
  GROUP BY credit_grant.organization_id, credit_grant.id, credit_grant.amount
  HAVING sum(entry.amount) NOT BETWEEN 0 AND credit_grant.amount
  LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'credit grant % would have a balance of %', broken.id, broken.balance USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER keep_credit_balance AFTER INSERT ON credit_entry REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION keep_credit_balance();

-- ── Exchange rates ───────────────────────────────────────────────────────────────────────────────────────────────────

CREATE TABLE "exchange_rate" (
    "organization_id" UUID NOT NULL,
    "from_currency" CHAR(3) NOT NULL,
    "to_currency" CHAR(3) NOT NULL,
    "valid_on" DATE NOT NULL,
    "rate" DECIMAL(28,12) NOT NULL,
    "source" TEXT NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "exchange_rate_pkey" PRIMARY KEY ("organization_id","from_currency","to_currency","valid_on")
);
ALTER TABLE "exchange_rate"
  ADD CONSTRAINT exchange_rate_positive CHECK (rate > 0),
  ADD CONSTRAINT exchange_rate_of_two CHECK (from_currency <> to_currency);

CREATE TABLE "reporting_rate" (
    "organization_id" UUID NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "month" DATE NOT NULL,
    "rate" DECIMAL(28,12) NOT NULL,
    "source" TEXT NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "reporting_rate_pkey" PRIMARY KEY ("organization_id","currency","month")
);
ALTER TABLE "reporting_rate"
  ADD CONSTRAINT reporting_rate_positive CHECK (rate > 0),
  ADD CONSTRAINT reporting_rate_month_begins CHECK (extract(day FROM month) = 1);

SELECT secure_table(name) FROM unnest(ARRAY['exchange_rate', 'reporting_rate']) AS name;

-- ── On invoices ──────────────────────────────────────────────────────────────────────────────────────────────────────

ALTER TABLE invoice
  ADD COLUMN "fx_rate" DECIMAL(28,12),
  ADD COLUMN "fx_rate_on" DATE,
  ADD COLUMN "fx_source" TEXT,
  ADD COLUMN "net_in_base" DECIMAL(19,4),
  ADD COLUMN "tax_in_base" DECIMAL(19,4),
  -- The rate is fixed when the invoice is issued, and then all of it.
  ADD CONSTRAINT invoice_fx_whole CHECK (
    (fx_rate IS NULL) = (fx_rate_on IS NULL) AND (fx_rate IS NULL) = (fx_source IS NULL)
    AND (fx_rate IS NULL) = (net_in_base IS NULL) AND (fx_rate IS NULL) = (tax_in_base IS NULL)
    AND (fx_rate IS NULL OR status <> 'draft')),
  DROP CONSTRAINT invoice_stale_reasons_known,
  ADD CONSTRAINT invoice_stale_reasons_known CHECK (
    stale_reasons <@ ARRAY['usage', 'alias', 'tax', 'contract', 'customer', 'price', 'credits', 'exchange_rate']
    AND (stale_since IS NULL) = (stale_reasons = '{}'));

ALTER TABLE invoice_line
  ADD COLUMN "is_tax_inclusive" BOOLEAN NOT NULL DEFAULT false,
  ADD COLUMN "credit_grant_id" UUID,
  ADD CONSTRAINT "invoice_line_organization_id_credit_grant_id_fkey" FOREIGN KEY ("organization_id", "credit_grant_id")
    REFERENCES "credit_grant" ("organization_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION,
  DROP CONSTRAINT invoice_line_kind_known,
  ADD CONSTRAINT invoice_line_kind_known CHECK (
    kind IN ('charge', 'overage', 'discount', 'true_up', 'cap', 'adjustment', 'credit')),
  ADD CONSTRAINT invoice_line_credit_of_grant CHECK ((kind = 'credit') = (credit_grant_id IS NOT NULL)),
  DROP CONSTRAINT invoice_line_adds_up,
  -- Prices that include tax: what the engine charges is the gross.
  ADD CONSTRAINT invoice_line_adds_up CHECK (
    charge_amount - discount_amount = CASE WHEN is_tax_inclusive THEN net_amount + tax_amount ELSE net_amount END);
-- For what drafts would draw from a grant; few lines are of credits.
CREATE INDEX invoice_line_of_credit ON invoice_line (organization_id, credit_grant_id) WHERE credit_grant_id IS NOT NULL;
