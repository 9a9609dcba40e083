-- ── What stands for what in the ledger ───────────────────────────────────────────────────────────────────────────────

CREATE TABLE "accounting_settings" (
    "organization_id" UUID NOT NULL,
    "revenue_account" TEXT,
    "receivable_account" TEXT,
    "tax_account" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "updated_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "accounting_settings_pkey" PRIMARY KEY ("organization_id")
);

CREATE TABLE "accounting_tax_code" (
    "organization_id" UUID NOT NULL,
    "tax_code" TEXT NOT NULL,
    "tax_type" TEXT NOT NULL,
    "tax_account" TEXT,
    "updated_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "accounting_tax_code_pkey" PRIMARY KEY ("organization_id","tax_code")
);
ALTER TABLE "accounting_tax_code" ADD CONSTRAINT accounting_tax_code_not_empty CHECK (tax_code <> '' AND tax_type <> '');

-- Of one product, or of all products without an option of their own in that category.
CREATE TABLE "accounting_tracking" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "product_id" UUID,
    "category" TEXT NOT NULL,
    "option" TEXT NOT NULL,
    "updated_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "accounting_tracking_pkey" PRIMARY KEY ("organization_id","id")
);
ALTER TABLE "accounting_tracking"
  ADD CONSTRAINT "accounting_tracking_organization_id_product_id_fkey" FOREIGN KEY ("organization_id", "product_id")
    REFERENCES "product" ("organization_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION,
  ADD CONSTRAINT accounting_tracking_not_empty CHECK (category <> '' AND option <> '');
CREATE UNIQUE INDEX accounting_tracking_of_product ON accounting_tracking (organization_id, category, product_id) WHERE product_id IS NOT NULL;
CREATE UNIQUE INDEX accounting_tracking_of_all ON accounting_tracking (organization_id, category) WHERE product_id IS NULL;

-- ── File exports: kept as they were made ─────────────────────────────────────────────────────────────────────────────

CREATE TABLE "accounting_export" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "format" TEXT NOT NULL,
    "month" DATE,
    "is_repeat" BOOLEAN NOT NULL,
    "documents" INTEGER NOT NULL,
    "totals" JSONB NOT NULL,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "accounting_export_pkey" PRIMARY KEY ("organization_id","id")
);
ALTER TABLE "accounting_export"
  ADD CONSTRAINT accounting_export_format_known CHECK (format IN ('xero', 'quickbooks', 'netsuite')),
  ADD CONSTRAINT accounting_export_month_begins CHECK (extract(day FROM month) = 1),
  ADD CONSTRAINT accounting_export_totals_array CHECK (jsonb_typeof(totals) = 'array');

CREATE TABLE "accounting_export_file" (
    "organization_id" UUID NOT NULL,
    "export_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "file_name" TEXT NOT NULL,
    "content" BYTEA NOT NULL,
    "sha256" CHAR(64) NOT NULL,

    CONSTRAINT "accounting_export_file_pkey" PRIMARY KEY ("organization_id","export_id","kind")
);
ALTER TABLE "accounting_export_file"
  ADD CONSTRAINT "accounting_export_file_organization_id_export_id_fkey" FOREIGN KEY ("organization_id", "export_id")
    REFERENCES "accounting_export" ("organization_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION,
  ADD CONSTRAINT accounting_export_file_kind_known CHECK (kind IN ('documents', 'journals'));

CREATE TABLE "accounting_export_document" (
    "organization_id" UUID NOT NULL,
    "export_id" UUID NOT NULL,
    "invoice_id" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "format" TEXT NOT NULL,

    CONSTRAINT "accounting_export_document_pkey" PRIMARY KEY ("organization_id","export_id","invoice_id")
);
CREATE INDEX "accounting_export_document_organization_id_invoice_id_idx" ON "accounting_export_document" ("organization_id", "invoice_id");
ALTER TABLE "accounting_export_document"
  ADD CONSTRAINT "accounting_export_document_organization_id_export_id_fkey" FOREIGN KEY ("organization_id", "export_id")
    REFERENCES "accounting_export" ("organization_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION,
  ADD CONSTRAINT "accounting_export_document_organization_id_invoice_id_fkey" FOREIGN KEY ("organization_id", "invoice_id")
    REFERENCES "invoice" ("organization_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION;

REVOKE UPDATE, DELETE ON accounting_export, accounting_export_file, accounting_export_document FROM billgrid_app;
CREATE TRIGGER insert_only BEFORE UPDATE OR DELETE ON accounting_export FOR EACH ROW EXECUTE FUNCTION insert_only();
CREATE TRIGGER insert_only BEFORE UPDATE OR DELETE ON accounting_export_file FOR EACH ROW EXECUTE FUNCTION insert_only();
CREATE TRIGGER insert_only BEFORE UPDATE OR DELETE ON accounting_export_document FOR EACH ROW EXECUTE FUNCTION insert_only();

-- ── The connection to Xero. Times are the world's ────────────────────────────────────────────────────────────────────

-- Tokens are sealed with a key that the database does not have.
CREATE TABLE "xero_connection" (
    "organization_id" UUID NOT NULL,
    "state" TEXT NOT NULL,
    "message" TEXT,
    "tenant_id" TEXT,
    "tenant_name" TEXT,
    "tenants" JSONB NOT NULL DEFAULT '[]',
    "access_token" TEXT,
    "refresh_token" TEXT,
    "access_expires_at" TIMESTAMPTZ(6),
    "refreshed_count" INTEGER NOT NULL DEFAULT 0,
    "facts" JSONB,
    "facts_read_at" TIMESTAMPTZ(6),
    "invoices_read_to" TIMESTAMPTZ(6),
    "credit_notes_read_to" TIMESTAMPTZ(6),
    "payments_read_to" TIMESTAMPTZ(6),
    "pulled_at" TIMESTAMPTZ(6),
    "connected_by" TEXT,
    "connected_at" TIMESTAMPTZ(6),
    "updated_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "xero_connection_pkey" PRIMARY KEY ("organization_id")
) WITH (fillfactor = 75);
ALTER TABLE "xero_connection"
  ADD CONSTRAINT xero_connection_state_known CHECK (state IN ('choosing_tenant', 'connected', 'needs_reconnect', 'disconnected')),
  ADD CONSTRAINT xero_connection_connected_whole CHECK (
    state <> 'connected' OR tenant_id IS NOT NULL AND access_token IS NOT NULL AND refresh_token IS NOT NULL AND access_expires_at IS NOT NULL),
  ADD CONSTRAINT xero_connection_forgets CHECK (state <> 'disconnected' OR access_token IS NULL AND refresh_token IS NULL);

-- Somebody was sent to Xero to allow the connection and may come back once.
CREATE TABLE "xero_authorization" (
    "organization_id" UUID NOT NULL,
    "state_hash" TEXT NOT NULL,
    "verifier" TEXT NOT NULL,
    "requested_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL,
    "expires_at" TIMESTAMPTZ(6) NOT NULL,
    "used_at" TIMESTAMPTZ(6),

    CONSTRAINT "xero_authorization_pkey" PRIMARY KEY ("organization_id","state_hash")
);

-- One legal entity, one ledger. News of a tenant names no organization of ours, so this table belongs to none; the
-- application reaches it only through the functions below.
CREATE TABLE "xero_tenant" (
    "id" TEXT NOT NULL,
    "connected_to" UUID NOT NULL,

    CONSTRAINT "xero_tenant_pkey" PRIMARY KEY ("id")
);
REVOKE ALL ON xero_tenant FROM billgrid_app;
CREATE SCHEMA accounting_api;
GRANT USAGE ON SCHEMA accounting_api TO billgrid_app;
CREATE FUNCTION accounting_api.claim_xero_tenant(given_id text) RETURNS boolean
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  mine uuid := nullif(current_setting('billgrid.organization_id', true), '')::uuid;
BEGIN
  IF mine IS NULL THEN RETURN false; END IF;
  INSERT INTO public.xero_tenant (id, connected_to) VALUES (given_id, mine) ON CONFLICT DO NOTHING;
  RETURN EXISTS (SELECT FROM public.xero_tenant WHERE id = given_id AND connected_to = mine);
END $$;
CREATE FUNCTION accounting_api.release_xero_tenants(kept_id text) RETURNS void
  LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog AS $$
    DELETE FROM public.xero_tenant
    WHERE connected_to = nullif(current_setting('billgrid.organization_id', true), '')::uuid AND id IS DISTINCT FROM kept_id
  $$;
CREATE FUNCTION accounting_api.organization_of_xero_tenant(given_id text) RETURNS uuid
  LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog AS $$
    SELECT connected_to FROM public.xero_tenant WHERE id = given_id
  $$;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA accounting_api FROM PUBLIC;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA accounting_api TO billgrid_app;

-- Xero's limits count for all workers together: who wants to call locks the first, and looks at the second.
CREATE TABLE "xero_limit" (
    "organization_id" UUID NOT NULL,
    "paused_until" TIMESTAMPTZ(6),

    CONSTRAINT "xero_limit_pkey" PRIMARY KEY ("organization_id")
) WITH (fillfactor = 75);
CREATE TABLE "xero_call" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "started_at" TIMESTAMPTZ(6) NOT NULL,
    "ended_at" TIMESTAMPTZ(6),

    CONSTRAINT "xero_call_pkey" PRIMARY KEY ("organization_id","id")
) WITH (fillfactor = 75);
CREATE INDEX "xero_call_organization_id_started_at_idx" ON "xero_call" ("organization_id", "started_at");

-- ── What is in the ledger, what is on its way, and how it got there ──────────────────────────────────────────────────

CREATE TABLE "ledger_document" (
    "organization_id" UUID NOT NULL,
    "invoice_id" UUID NOT NULL,
    "state" TEXT NOT NULL,
    "external_id" TEXT,
    "code" TEXT,
    "message" TEXT,
    "tries" INTEGER NOT NULL DEFAULT 0,
    "is_uncertain" BOOLEAN NOT NULL DEFAULT false,
    "next_try_at" TIMESTAMPTZ(6) NOT NULL,
    "queued_at" TIMESTAMPTZ(6) NOT NULL,
    "synced_at" TIMESTAMPTZ(6),
    "allocation" TEXT NOT NULL DEFAULT 'none',
    "remote_number" TEXT,
    "remote_status" TEXT,
    "remote_currency" TEXT,
    "remote_total" DECIMAL(19,4),
    "remote_due" DECIMAL(19,4),
    "remote_read_at" TIMESTAMPTZ(6),

    CONSTRAINT "ledger_document_pkey" PRIMARY KEY ("organization_id","invoice_id")
) WITH (fillfactor = 75);
CREATE INDEX "ledger_document_organization_id_state_next_try_at_idx" ON "ledger_document" ("organization_id", "state", "next_try_at");
CREATE UNIQUE INDEX "ledger_document_organization_id_external_id_key" ON "ledger_document" ("organization_id", "external_id");
ALTER TABLE "ledger_document"
  ADD CONSTRAINT "ledger_document_organization_id_invoice_id_fkey" FOREIGN KEY ("organization_id", "invoice_id")
    REFERENCES "invoice" ("organization_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION,
  ADD CONSTRAINT ledger_document_state_known CHECK (state IN ('queued', 'synced', 'failed', 'void_queued', 'void_failed', 'voided')),
  ADD CONSTRAINT ledger_document_synced_whole CHECK (state NOT IN ('synced', 'void_queued', 'void_failed') OR external_id IS NOT NULL),
  ADD CONSTRAINT ledger_document_allocation_known CHECK (allocation IN ('none', 'waiting', 'done', 'failed'));

-- Noted before it is made: after one whose end is unknown the ledger is asked before anything is sent again.
CREATE TABLE "ledger_attempt" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "invoice_id" UUID NOT NULL,
    "step" TEXT NOT NULL,
    "request_key" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(6) NOT NULL,
    "ended_at" TIMESTAMPTZ(6),
    "outcome" TEXT,
    "reason" TEXT,

    CONSTRAINT "ledger_attempt_pkey" PRIMARY KEY ("organization_id","id")
) WITH (fillfactor = 75);
CREATE INDEX "ledger_attempt_organization_id_invoice_id_idx" ON "ledger_attempt" ("organization_id", "invoice_id");
ALTER TABLE "ledger_attempt"
  ADD CONSTRAINT "ledger_attempt_organization_id_invoice_id_fkey" FOREIGN KEY ("organization_id", "invoice_id")
    REFERENCES "ledger_document" ("organization_id", "invoice_id") ON DELETE RESTRICT ON UPDATE NO ACTION,
  ADD CONSTRAINT ledger_attempt_step_known CHECK (step IN ('push', 'void', 'allocate')),
  ADD CONSTRAINT ledger_attempt_outcome_known CHECK (outcome IN ('done', 'not_done', 'unknown', 'refused')),
  ADD CONSTRAINT ledger_attempt_ended_somehow CHECK ((ended_at IS NULL) = (outcome IS NULL));
-- One at a time: whoever begins an attempt has the document until it ends.
CREATE UNIQUE INDEX ledger_attempt_one_open ON ledger_attempt (organization_id, invoice_id) WHERE ended_at IS NULL;

CREATE TABLE "ledger_contact" (
    "organization_id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "external_id" TEXT,
    "found_by" TEXT,
    "claimed_at" TIMESTAMPTZ(6),
    "updated_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "ledger_contact_pkey" PRIMARY KEY ("organization_id","customer_id")
) WITH (fillfactor = 75);
ALTER TABLE "ledger_contact"
  ADD CONSTRAINT "ledger_contact_organization_id_customer_id_fkey" FOREIGN KEY ("organization_id", "customer_id")
    REFERENCES "customer" ("organization_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION,
  ADD CONSTRAINT ledger_contact_found_by_known CHECK (found_by IN ('contact_number', 'account_number', 'name', 'created', 'person')),
  ADD CONSTRAINT ledger_contact_found_whole CHECK ((external_id IS NULL) = (found_by IS NULL));

-- Payments of the ledger, once each.
CREATE TABLE "ledger_payment" (
    "organization_id" UUID NOT NULL,
    "external_id" TEXT NOT NULL,
    "invoice_id" UUID NOT NULL,
    "amount" DECIMAL(19,4) NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "paid_on" DATE NOT NULL,
    "reference" TEXT,
    "state" TEXT NOT NULL,
    "payment_id" UUID,
    "message" TEXT,
    "read_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "ledger_payment_pkey" PRIMARY KEY ("organization_id","external_id")
) WITH (fillfactor = 75);
CREATE INDEX "ledger_payment_organization_id_invoice_id_idx" ON "ledger_payment" ("organization_id", "invoice_id");
ALTER TABLE "ledger_payment"
  ADD CONSTRAINT "ledger_payment_organization_id_invoice_id_fkey" FOREIGN KEY ("organization_id", "invoice_id")
    REFERENCES "invoice" ("organization_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION,
  ADD CONSTRAINT ledger_payment_state_known CHECK (state IN ('recorded', 'refused', 'reversed', 'ignored'));

-- What Xero told us. It is a hint to look; what it says of the present is asked for.
CREATE TABLE "xero_event" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "category" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "resource_id" TEXT NOT NULL,
    "happened_at" TIMESTAMPTZ(6) NOT NULL,
    "received_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "xero_event_pkey" PRIMARY KEY ("organization_id","id")
);
CREATE UNIQUE INDEX "xero_event_once" ON "xero_event" ("organization_id", "resource_id", "category", "type", "happened_at");

SELECT secure_table(name) FROM unnest(ARRAY[
  'accounting_settings', 'accounting_tax_code', 'accounting_tracking', 'accounting_export', 'accounting_export_file',
  'accounting_export_document', 'xero_connection', 'xero_authorization', 'xero_limit', 'xero_call', 'ledger_document',
  'ledger_attempt', 'ledger_contact', 'ledger_payment', 'xero_event'
]) AS name;
REVOKE DELETE ON ledger_document, ledger_attempt, ledger_payment, xero_event FROM billgrid_app;

-- The books of a month are read by the day on which documents are posted.
CREATE INDEX invoice_accounting_on ON invoice (organization_id, accounting_on) WHERE number IS NOT NULL;
