-- CreateTable
CREATE TABLE "organization" (
    "id" UUID NOT NULL,
    "legal_name" TEXT NOT NULL,
    "address_lines" TEXT[],
    "country" CHAR(2) NOT NULL,
    "tax_number" TEXT,
    "bank_details" TEXT[],
    "base_currency" CHAR(3) NOT NULL,
    "time_zone" TEXT NOT NULL,
    "mode" TEXT NOT NULL,
    "test_clock_at" TIMESTAMPTZ(6),
    "tax_rounding" TEXT NOT NULL DEFAULT 'per_line',
    "payment_terms_kind" TEXT NOT NULL DEFAULT 'net_days',
    "payment_terms_days" INTEGER NOT NULL DEFAULT 30,
    "brand_color" TEXT NOT NULL DEFAULT '#1f5f4a',
    "mail_from" TEXT NOT NULL,
    "variance_amount" DECIMAL(19,4) NOT NULL DEFAULT 100,
    "variance_percent" DECIMAL(9,4) NOT NULL DEFAULT 20,
    "contract_counter" INTEGER NOT NULL DEFAULT 1,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "organization_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "document_series" (
    "organization_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "prefix" TEXT NOT NULL,
    "year" INTEGER NOT NULL,
    "next_counter" INTEGER NOT NULL DEFAULT 1,
    "last_issued_on" DATE,

    CONSTRAINT "document_series_pkey" PRIMARY KEY ("organization_id","kind","prefix","year")
);

-- CreateTable
CREATE TABLE "account" (
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "password_hash" TEXT NOT NULL,
    "organization_ids" UUID[] DEFAULT ARRAY[]::UUID[],
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sign_in_attempt" (
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "attempted_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "sign_in_attempt_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "member" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "deactivated_at" TIMESTAMPTZ(6),
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "member_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "session" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "token_hash" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(6) NOT NULL,
    "revoked_at" TIMESTAMPTZ(6),

    CONSTRAINT "session_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "api_key" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "token_hash" TEXT NOT NULL,
    "hint" TEXT NOT NULL,
    "created_by" UUID,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(6),
    "last_used_at" TIMESTAMPTZ(6),
    "revoked_at" TIMESTAMPTZ(6),

    CONSTRAINT "api_key_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "customer" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "legal_name" TEXT NOT NULL,
    "address_lines" TEXT[],
    "country" CHAR(2),
    "tax_id" TEXT,
    "tax_status" TEXT NOT NULL DEFAULT 'taxed',
    "currency" CHAR(3) NOT NULL,
    "payment_terms_kind" TEXT,
    "payment_terms_days" INTEGER,
    "parent_customer_id" UUID,
    "external_id" TEXT,
    "language" TEXT NOT NULL DEFAULT 'en-GB',
    "is_po_required" BOOLEAN NOT NULL DEFAULT false,
    "custom_fields" JSONB NOT NULL DEFAULT '{}',
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "customer_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "customer_contact" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "is_primary" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "customer_contact_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "customer_alias" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "alias" TEXT NOT NULL,
    "starts_on" DATE,
    "ends_before" DATE,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "customer_alias_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "product" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT,
    "unit" TEXT,
    "tax_code" TEXT NOT NULL,
    "ledger_account" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "product_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "tax_rate" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "jurisdiction" TEXT NOT NULL,
    "percent" DECIMAL(9,4) NOT NULL,
    "category" TEXT NOT NULL,
    "exemption_text" TEXT,
    "valid_from_on" DATE NOT NULL,

    CONSTRAINT "tax_rate_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "price" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "product_id" UUID NOT NULL,
    "lineage_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "model" TEXT NOT NULL,
    "terms" JSONB NOT NULL,
    "cadence" TEXT NOT NULL,
    "timing" TEXT NOT NULL,
    "proration" TEXT NOT NULL DEFAULT 'by_days',
    "metric_id" UUID,
    "effective_on" DATE NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "price_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "usage_metric" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "event_type" TEXT NOT NULL,
    "aggregation" TEXT NOT NULL,
    "property" TEXT,
    "filters" JSONB NOT NULL DEFAULT '{}',
    "unit" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "usage_metric_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "usage_event" (
    "organization_id" UUID NOT NULL,
    "occurred_on" DATE NOT NULL,
    "event_id" TEXT NOT NULL,
    "alias" TEXT NOT NULL,
    "event_type" TEXT NOT NULL,
    "occurred_at" TIMESTAMPTZ(6) NOT NULL,
    "properties" JSONB NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "usage_event_pkey" PRIMARY KEY ("organization_id","occurred_on","event_id")
) PARTITION BY RANGE ("occurred_on");

-- CreateTable
CREATE TABLE "usage_event_key" (
    "organization_id" UUID NOT NULL,
    "event_id" TEXT NOT NULL,
    "occurred_on" DATE NOT NULL,
    "content_hash" BYTEA NOT NULL,

    CONSTRAINT "usage_event_key_pkey" PRIMARY KEY ("organization_id","event_id")
);

-- CreateTable
CREATE TABLE "usage_day" (
    "organization_id" UUID NOT NULL,
    "metric_id" UUID NOT NULL,
    "alias" TEXT NOT NULL,
    "occurred_on" DATE NOT NULL,
    "quantity_sum" DECIMAL(28,12) NOT NULL,
    "quantity_max" DECIMAL(28,12) NOT NULL,
    "event_count" BIGINT NOT NULL,

    CONSTRAINT "usage_day_pkey" PRIMARY KEY ("organization_id","metric_id","alias","occurred_on")
);

-- CreateTable
CREATE TABLE "contract" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "number" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "customer_id" UUID NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "starts_on" DATE NOT NULL,
    "ends_before" DATE,
    "po_number" TEXT,
    "payment_terms_kind" TEXT,
    "payment_terms_days" INTEGER,
    "billed_through_on" DATE,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "contract_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "billing_schedule" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "contract_id" UUID NOT NULL,
    "status" TEXT NOT NULL,
    "anchor_on" DATE NOT NULL,
    "first_period" TEXT NOT NULL DEFAULT 'anchor',
    "changed_from_on" DATE,

    CONSTRAINT "billing_schedule_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "phase" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "schedule_id" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "starts_on" DATE NOT NULL,
    "ends_before" DATE,

    CONSTRAINT "phase_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "charge" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "phase_id" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "price_id" UUID NOT NULL,
    "description" TEXT NOT NULL,
    "quantity" DECIMAL(28,12) NOT NULL DEFAULT 1,
    "discounts" JSONB NOT NULL DEFAULT '[]',

    CONSTRAINT "charge_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "minimum_commitment" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "schedule_id" UUID NOT NULL,
    "description" TEXT NOT NULL,
    "amount" DECIMAL(19,4) NOT NULL,
    "cadence" TEXT NOT NULL,
    "proration" TEXT NOT NULL DEFAULT 'by_days',
    "lineage_ids" UUID[],
    "product_id" UUID NOT NULL,

    CONSTRAINT "minimum_commitment_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "seat_change" (
    "organization_id" UUID NOT NULL,
    "contract_id" UUID NOT NULL,
    "lineage_id" UUID NOT NULL,
    "effective_on" DATE NOT NULL,
    "seats" INTEGER NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "seat_change_pkey" PRIMARY KEY ("organization_id","contract_id","lineage_id","effective_on")
);

-- CreateTable
CREATE TABLE "invoice" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "contract_id" UUID NOT NULL,
    "status" TEXT NOT NULL,
    "number" TEXT,
    "currency" CHAR(3) NOT NULL,
    "bills_on" DATE NOT NULL,
    "billing_month" DATE NOT NULL,
    "service_starts_on" DATE NOT NULL,
    "service_ends_before" DATE NOT NULL,
    "issued_on" DATE,
    "tax_point_on" DATE,
    "accounting_on" DATE,
    "due_on" DATE,
    "net_total" DECIMAL(19,4) NOT NULL,
    "tax_total" DECIMAL(19,4) NOT NULL,
    "gross_total" DECIMAL(19,4) NOT NULL,
    "po_number" TEXT,
    "memo" TEXT,
    "parties" JSONB,
    "stale_reasons" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "stale_since" TIMESTAMPTZ(6),
    "blockers" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "content_hash" TEXT NOT NULL,
    "calculated_at" TIMESTAMPTZ(6) NOT NULL,
    "sent_at" TIMESTAMPTZ(6),
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "invoice_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "invoice_line" (
    "organization_id" UUID NOT NULL,
    "invoice_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "origin" TEXT NOT NULL DEFAULT 'engine',
    "kind" TEXT NOT NULL,
    "adjusts" TEXT,
    "billing_key" TEXT NOT NULL,
    "charge_id" UUID,
    "product_id" UUID NOT NULL,
    "lineage_id" UUID,
    "minimum_id" UUID,
    "description" TEXT NOT NULL,
    "timing" TEXT NOT NULL,
    "is_one_time" BOOLEAN NOT NULL,
    "full_starts_on" DATE NOT NULL,
    "full_ends_before" DATE NOT NULL,
    "service_starts_on" DATE NOT NULL,
    "service_ends_before" DATE NOT NULL,
    "quantity" DECIMAL(28,12),
    "unit_price" DECIMAL(28,12),
    "precise_amount" DECIMAL(28,12) NOT NULL,
    "charge_amount" DECIMAL(19,4) NOT NULL,
    "discount_amount" DECIMAL(19,4) NOT NULL,
    "net_amount" DECIMAL(19,4) NOT NULL,
    "tax_code" TEXT NOT NULL,
    "tax_percent" DECIMAL(9,4) NOT NULL,
    "tax_amount" DECIMAL(19,4) NOT NULL,
    "tax_note" TEXT,
    "explanation" JSONB NOT NULL,

    CONSTRAINT "invoice_line_pkey" PRIMARY KEY ("organization_id","invoice_id","id")
);

-- CreateTable
CREATE TABLE "invoice_document" (
    "organization_id" UUID NOT NULL,
    "invoice_id" UUID NOT NULL,
    "file_name" TEXT NOT NULL,
    "content" BYTEA NOT NULL,
    "sha256" CHAR(64) NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "invoice_document_pkey" PRIMARY KEY ("organization_id","invoice_id")
);

-- CreateTable
CREATE TABLE "invoice_mail" (
    "organization_id" UUID NOT NULL,
    "invoice_id" UUID NOT NULL,
    "message_id" TEXT NOT NULL,
    "recipients" TEXT[],
    "status" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "error" TEXT,
    "queued_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "sent_at" TIMESTAMPTZ(6),

    CONSTRAINT "invoice_mail_pkey" PRIMARY KEY ("organization_id","invoice_id")
);

-- CreateTable
CREATE TABLE "saved_view" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "owner_id" UUID,
    "is_shared" BOOLEAN NOT NULL DEFAULT true,
    "filter" JSONB NOT NULL DEFAULT '{}',
    "columns" TEXT[],
    "sort" JSONB NOT NULL DEFAULT '[]',
    "comparison" TEXT NOT NULL DEFAULT 'previous_month',
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "saved_view_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "operation" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "requested_by" TEXT NOT NULL,
    "actor_kind" TEXT NOT NULL,
    "actor_id" UUID,
    "total" INTEGER NOT NULL,
    "succeeded" INTEGER NOT NULL DEFAULT 0,
    "skipped" INTEGER NOT NULL DEFAULT 0,
    "failed" INTEGER NOT NULL DEFAULT 0,
    "cancel_requested_at" TIMESTAMPTZ(6),
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(6),
    "finished_at" TIMESTAMPTZ(6),

    CONSTRAINT "operation_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "operation_item" (
    "organization_id" UUID NOT NULL,
    "operation_id" UUID NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "subject_id" UUID NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'pending',
    "code" TEXT,
    "message" TEXT,
    "finished_at" TIMESTAMPTZ(6),

    CONSTRAINT "operation_item_pkey" PRIMARY KEY ("organization_id","operation_id","ordinal")
);

-- CreateTable
CREATE TABLE "audit_event" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "actor_kind" TEXT NOT NULL,
    "actor_id" UUID,
    "actor_name" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "subject_type" TEXT NOT NULL,
    "subject_id" UUID NOT NULL,
    "before" JSONB,
    "after" JSONB,
    "request_id" TEXT NOT NULL,

    CONSTRAINT "audit_event_pkey" PRIMARY KEY ("organization_id","id")
);

-- CreateTable
CREATE TABLE "idempotency_key" (
    "organization_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "input_hash" TEXT NOT NULL,
    "answer" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "idempotency_key_pkey" PRIMARY KEY ("organization_id","key")
);

-- CreateIndex
CREATE UNIQUE INDEX "account_email_key" ON "account"("email");

-- CreateIndex
CREATE INDEX "sign_in_attempt_email_attempted_at_idx" ON "sign_in_attempt"("email", "attempted_at");

-- CreateIndex
CREATE UNIQUE INDEX "member_organization_id_account_id_key" ON "member"("organization_id", "account_id");

-- CreateIndex
CREATE UNIQUE INDEX "session_organization_id_token_hash_key" ON "session"("organization_id", "token_hash");

-- CreateIndex
CREATE UNIQUE INDEX "api_key_organization_id_token_hash_key" ON "api_key"("organization_id", "token_hash");

-- CreateIndex
CREATE INDEX "customer_organization_id_legal_name_id_idx" ON "customer"("organization_id", "legal_name", "id");

-- CreateIndex
CREATE UNIQUE INDEX "customer_organization_id_external_id_key" ON "customer"("organization_id", "external_id");

-- CreateIndex
CREATE INDEX "customer_contact_organization_id_customer_id_idx" ON "customer_contact"("organization_id", "customer_id");

-- CreateIndex
CREATE INDEX "customer_alias_organization_id_alias_idx" ON "customer_alias"("organization_id", "alias");

-- CreateIndex
CREATE INDEX "customer_alias_organization_id_customer_id_idx" ON "customer_alias"("organization_id", "customer_id");

-- CreateIndex
CREATE UNIQUE INDEX "product_organization_id_code_key" ON "product"("organization_id", "code");

-- CreateIndex
CREATE UNIQUE INDEX "tax_rate_organization_id_code_valid_from_on_key" ON "tax_rate"("organization_id", "code", "valid_from_on");

-- CreateIndex
CREATE INDEX "price_organization_id_product_id_idx" ON "price"("organization_id", "product_id");

-- CreateIndex
CREATE UNIQUE INDEX "price_organization_id_lineage_id_currency_effective_on_key" ON "price"("organization_id", "lineage_id", "currency", "effective_on");

-- CreateIndex
CREATE INDEX "usage_metric_organization_id_event_type_idx" ON "usage_metric"("organization_id", "event_type");

-- CreateIndex
CREATE UNIQUE INDEX "usage_metric_organization_id_code_key" ON "usage_metric"("organization_id", "code");

-- CreateIndex
CREATE INDEX "usage_event_organization_id_alias_event_type_occurred_on_idx" ON "usage_event"("organization_id", "alias", "event_type", "occurred_on");

-- CreateIndex
CREATE INDEX "usage_day_organization_id_alias_occurred_on_idx" ON "usage_day"("organization_id", "alias", "occurred_on");

-- CreateIndex
CREATE INDEX "contract_organization_id_customer_id_idx" ON "contract"("organization_id", "customer_id");

-- CreateIndex
CREATE UNIQUE INDEX "contract_organization_id_number_key" ON "contract"("organization_id", "number");

-- CreateIndex
CREATE INDEX "billing_schedule_organization_id_status_idx" ON "billing_schedule"("organization_id", "status");

-- CreateIndex
CREATE UNIQUE INDEX "billing_schedule_organization_id_contract_id_key" ON "billing_schedule"("organization_id", "contract_id");

-- CreateIndex
CREATE UNIQUE INDEX "phase_organization_id_schedule_id_ordinal_key" ON "phase"("organization_id", "schedule_id", "ordinal");

-- CreateIndex
CREATE INDEX "charge_organization_id_price_id_idx" ON "charge"("organization_id", "price_id");

-- CreateIndex
CREATE UNIQUE INDEX "charge_organization_id_phase_id_ordinal_key" ON "charge"("organization_id", "phase_id", "ordinal");

-- CreateIndex
CREATE INDEX "minimum_commitment_organization_id_schedule_id_idx" ON "minimum_commitment"("organization_id", "schedule_id");

-- CreateIndex
CREATE INDEX "invoice_organization_id_billing_month_status_id_idx" ON "invoice"("organization_id", "billing_month", "status", "id");

-- CreateIndex
CREATE INDEX "invoice_organization_id_customer_id_billing_month_idx" ON "invoice"("organization_id", "customer_id", "billing_month");

-- CreateIndex
CREATE INDEX "invoice_organization_id_contract_id_bills_on_idx" ON "invoice"("organization_id", "contract_id", "bills_on");

-- CreateIndex
CREATE UNIQUE INDEX "invoice_organization_id_number_key" ON "invoice"("organization_id", "number");

-- CreateIndex
CREATE INDEX "invoice_line_organization_id_lineage_id_service_ends_before_idx" ON "invoice_line"("organization_id", "lineage_id", "service_ends_before");

-- CreateIndex
CREATE UNIQUE INDEX "invoice_mail_organization_id_message_id_key" ON "invoice_mail"("organization_id", "message_id");

-- CreateIndex
CREATE UNIQUE INDEX "saved_view_organization_id_name_key" ON "saved_view"("organization_id", "name");

-- CreateIndex
CREATE INDEX "operation_organization_id_created_at_idx" ON "operation"("organization_id", "created_at");

-- CreateIndex
CREATE INDEX "operation_item_organization_id_operation_id_status_idx" ON "operation_item"("organization_id", "operation_id", "status");

-- CreateIndex
CREATE INDEX "audit_event_organization_id_subject_id_recorded_at_idx" ON "audit_event"("organization_id", "subject_id", "recorded_at");

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_organization_id_member_id_fkey" FOREIGN KEY ("organization_id", "member_id") REFERENCES "member"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "customer" ADD CONSTRAINT "customer_organization_id_parent_customer_id_fkey" FOREIGN KEY ("organization_id", "parent_customer_id") REFERENCES "customer"("organization_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "customer_contact" ADD CONSTRAINT "customer_contact_organization_id_customer_id_fkey" FOREIGN KEY ("organization_id", "customer_id") REFERENCES "customer"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "customer_alias" ADD CONSTRAINT "customer_alias_organization_id_customer_id_fkey" FOREIGN KEY ("organization_id", "customer_id") REFERENCES "customer"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "price" ADD CONSTRAINT "price_organization_id_product_id_fkey" FOREIGN KEY ("organization_id", "product_id") REFERENCES "product"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "price" ADD CONSTRAINT "price_organization_id_metric_id_fkey" FOREIGN KEY ("organization_id", "metric_id") REFERENCES "usage_metric"("organization_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "contract" ADD CONSTRAINT "contract_organization_id_customer_id_fkey" FOREIGN KEY ("organization_id", "customer_id") REFERENCES "customer"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "billing_schedule" ADD CONSTRAINT "billing_schedule_organization_id_contract_id_fkey" FOREIGN KEY ("organization_id", "contract_id") REFERENCES "contract"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "phase" ADD CONSTRAINT "phase_organization_id_schedule_id_fkey" FOREIGN KEY ("organization_id", "schedule_id") REFERENCES "billing_schedule"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "charge" ADD CONSTRAINT "charge_organization_id_phase_id_fkey" FOREIGN KEY ("organization_id", "phase_id") REFERENCES "phase"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "charge" ADD CONSTRAINT "charge_organization_id_price_id_fkey" FOREIGN KEY ("organization_id", "price_id") REFERENCES "price"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "minimum_commitment" ADD CONSTRAINT "minimum_commitment_organization_id_schedule_id_fkey" FOREIGN KEY ("organization_id", "schedule_id") REFERENCES "billing_schedule"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "seat_change" ADD CONSTRAINT "seat_change_organization_id_contract_id_fkey" FOREIGN KEY ("organization_id", "contract_id") REFERENCES "contract"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "invoice" ADD CONSTRAINT "invoice_organization_id_customer_id_fkey" FOREIGN KEY ("organization_id", "customer_id") REFERENCES "customer"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "invoice" ADD CONSTRAINT "invoice_organization_id_contract_id_fkey" FOREIGN KEY ("organization_id", "contract_id") REFERENCES "contract"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "invoice_line" ADD CONSTRAINT "invoice_line_organization_id_invoice_id_fkey" FOREIGN KEY ("organization_id", "invoice_id") REFERENCES "invoice"("organization_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "operation_item" ADD CONSTRAINT "operation_item_organization_id_operation_id_fkey" FOREIGN KEY ("organization_id", "operation_id") REFERENCES "operation"("organization_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- ── Isolation ────────────────────────────────────────────────────────────────────────────────────────────────────────
-- Rows are seen and written only for the organization that the connection is set to; unset means no rows. FORCE, so
-- that not even the owner of a table sees more by accident.

CREATE FUNCTION current_organization_id() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT nullif(current_setting('billgrid.organization_id', true), '')::uuid $$;

CREATE FUNCTION secure_table(name text, organization_column text DEFAULT 'organization_id') RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
  EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
  EXECUTE format(
    'CREATE POLICY own_organization ON %I USING (%I = nullif(current_setting(''billgrid.organization_id'', true), '''')::uuid)',
    name, organization_column);
END $$;

SELECT secure_table('organization', 'id');
SELECT secure_table(name) FROM unnest(ARRAY[
  'document_series', 'invoice', 'invoice_line', 'invoice_document', 'invoice_mail', 'saved_view', 'operation',
  'operation_item', 'audit_event', 'idempotency_key'
]) AS name;

-- ── What may stand in a column ───────────────────────────────────────────────────────────────────────────────────────

ALTER TABLE organization
  ADD CONSTRAINT organization_mode_known CHECK (mode IN ('live', 'sandbox')),
  ADD CONSTRAINT organization_test_clock_only_in_sandbox CHECK (test_clock_at IS NULL OR mode = 'sandbox'),
  ADD CONSTRAINT organization_tax_rounding_known CHECK (tax_rounding IN ('per_line', 'per_rate')),
  ADD CONSTRAINT organization_payment_terms_known CHECK (payment_terms_kind IN ('net_days', 'end_of_month') AND payment_terms_days BETWEEN 0 AND 365),
  ADD CONSTRAINT organization_variance_not_negative CHECK (variance_amount >= 0 AND variance_percent >= 0);

ALTER TABLE document_series
  ADD CONSTRAINT document_series_kind_known CHECK (kind IN ('invoice', 'credit_note')),
  ADD CONSTRAINT document_series_counter_positive CHECK (next_counter > 0);

ALTER TABLE invoice
  ADD CONSTRAINT invoice_status_known CHECK (status IN ('draft', 'finalized', 'sent', 'voided')),
  ADD CONSTRAINT invoice_month_begins CHECK (extract(day FROM billing_month) = 1),
  ADD CONSTRAINT invoice_service_period CHECK (service_starts_on < service_ends_before),
  ADD CONSTRAINT invoice_adds_up CHECK (net_total + tax_total = gross_total),
  -- What is issued has a number, days and parties; a draft has none of them.
  ADD CONSTRAINT invoice_issued_whole CHECK (
    (status = 'draft') = (number IS NULL) AND (number IS NULL) = (issued_on IS NULL) AND (number IS NULL) = (due_on IS NULL)
    AND (number IS NULL) = (tax_point_on IS NULL) AND (number IS NULL) = (accounting_on IS NULL) AND (number IS NULL) = (parties IS NULL)),
  ADD CONSTRAINT invoice_sent_when CHECK ((status <> 'sent' OR sent_at IS NOT NULL) AND (status <> 'draft' OR sent_at IS NULL)),
  ADD CONSTRAINT invoice_only_drafts_stale CHECK (status = 'draft' OR stale_since IS NULL),
  ADD CONSTRAINT invoice_stale_reasons_known CHECK (
    stale_reasons <@ ARRAY['usage', 'alias', 'tax', 'contract', 'customer', 'price'] AND (stale_since IS NULL) = (stale_reasons = '{}'));

-- One draft for each contract and day; recalculating twice at once must not make two.
CREATE UNIQUE INDEX invoice_one_draft ON invoice (organization_id, contract_id, bills_on) WHERE status = 'draft';
-- Staleness is looked for among drafts alone, and they are few.
CREATE INDEX invoice_drafts ON invoice (organization_id, customer_id, service_starts_on) WHERE status = 'draft';

ALTER TABLE invoice_line
  ADD CONSTRAINT invoice_line_origin_known CHECK (origin IN ('engine', 'manual')),
  ADD CONSTRAINT invoice_line_kind_known CHECK (kind IN ('charge', 'overage', 'discount', 'true_up', 'cap', 'adjustment')),
  ADD CONSTRAINT invoice_line_timing_known CHECK (timing IN ('in_advance', 'in_arrears')),
  ADD CONSTRAINT invoice_line_periods CHECK (full_starts_on < full_ends_before AND service_starts_on < service_ends_before),
  ADD CONSTRAINT invoice_line_adds_up CHECK (charge_amount - discount_amount = net_amount);

ALTER TABLE invoice_mail
  ADD CONSTRAINT invoice_mail_status_known CHECK (status IN ('queued', 'sent', 'failed')),
  ADD CONSTRAINT invoice_mail_sent_when CHECK ((status = 'sent') = (sent_at IS NOT NULL));

ALTER TABLE saved_view
  ADD CONSTRAINT saved_view_comparison_known CHECK (comparison IN ('none', 'previous_month'));

ALTER TABLE operation
  ADD CONSTRAINT operation_kind_known CHECK (kind IN ('draft', 'recalculate', 'finalize', 'send')),
  ADD CONSTRAINT operation_status_known CHECK (status IN ('queued', 'running', 'completed', 'cancelled')),
  ADD CONSTRAINT operation_counts CHECK (succeeded + skipped + failed <= total),
  ADD CONSTRAINT operation_finished_when CHECK ((status IN ('completed', 'cancelled')) = (finished_at IS NOT NULL));
ALTER TABLE operation_item
  ADD CONSTRAINT operation_item_status_known CHECK (status IN ('pending', 'succeeded', 'skipped', 'failed'));

-- ── Accounts ─────────────────────────────────────────────────────────────────────────────────────────────────────────
-- An account belongs to no organization. The application reaches accounts and attempts through these functions alone.

REVOKE ALL ON account, sign_in_attempt FROM billgrid_app;
CREATE SCHEMA access_api;
GRANT USAGE ON SCHEMA access_api TO billgrid_app;

-- Counts the attempt before the password is looked at, so that a thousand at once are five.
CREATE FUNCTION access_api.begin_sign_in(
  given_email text, attempt_id uuid, given_at timestamptz,
  OUT is_throttled boolean, OUT account_id uuid, OUT password_hash text
) LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended(given_email, 2));
  DELETE FROM public.sign_in_attempt WHERE attempted_at <= given_at - interval '15 minutes';
  is_throttled := (SELECT count(*) >= 5 FROM public.sign_in_attempt WHERE email = given_email);
  IF is_throttled THEN RETURN; END IF;
  INSERT INTO public.sign_in_attempt (id, email, attempted_at) VALUES (attempt_id, given_email, given_at);
  SELECT id, account.password_hash INTO account_id, password_hash FROM public.account WHERE email = given_email;
END $$;

CREATE FUNCTION access_api.complete_sign_in(given_email text) RETURNS void
  LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog
  AS $$ DELETE FROM public.sign_in_attempt WHERE email = given_email $$;

-- Goes from one organization to the next, as row-level security holds for the owner of the tables too.
CREATE FUNCTION access_api.memberships(given_account_id uuid)
  RETURNS TABLE (organization_id uuid, member_id uuid, legal_name text, mode text)
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  before text := current_setting('billgrid.organization_id', true);
  one uuid;
BEGIN
  FOR one IN SELECT unnest(organization_ids) FROM public.account WHERE id = given_account_id LOOP
    PERFORM set_config('billgrid.organization_id', one::text, true);
    RETURN QUERY
      SELECT organization.id, member.id, organization.legal_name, organization.mode
      FROM public.member JOIN public.organization ON organization.id = member.organization_id
      WHERE member.organization_id = one AND member.account_id = given_account_id AND member.deactivated_at IS NULL;
  END LOOP;
  PERFORM set_config('billgrid.organization_id', coalesce(before, ''), true);
END $$;

-- The account of an email, made if there is none; one that exists keeps its password.
CREATE FUNCTION access_api.create_account(
  new_id uuid, new_email text, new_password_hash text, new_created_at timestamptz, OUT account_id uuid, OUT is_new boolean
) LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  INSERT INTO public.account (id, email, password_hash, created_at) VALUES (new_id, new_email, new_password_hash, new_created_at)
  ON CONFLICT (email) DO NOTHING;
  is_new := FOUND;
  SELECT id INTO account_id FROM public.account WHERE email = new_email;
END $$;

-- For who runs the server; people change theirs by the old one. Ends nothing that is signed in.
CREATE FUNCTION access_api.set_password(given_email text, new_password_hash text) RETURNS boolean
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
  UPDATE public.account SET password_hash = new_password_hash WHERE email = given_email;
  DELETE FROM public.sign_in_attempt WHERE email = given_email;
  RETURN EXISTS (SELECT FROM public.account WHERE email = given_email);
END $$;

CREATE FUNCTION access_api.join_organization(given_account_id uuid, given_organization_id uuid) RETURNS void
  LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog AS $$
    UPDATE public.account SET organization_ids = array_append(organization_ids, given_organization_id)
    WHERE id = given_account_id AND NOT given_organization_id = ANY (organization_ids)
  $$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA access_api FROM PUBLIC;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA access_api TO billgrid_app;

SELECT secure_table(name) FROM unnest(ARRAY['member', 'session', 'api_key']) AS name;

ALTER TABLE member ADD CONSTRAINT member_role_known CHECK (role IN ('admin', 'finance', 'sales', 'analyst', 'integration'));
ALTER TABLE api_key ADD CONSTRAINT api_key_role_known CHECK (role IN ('admin', 'finance', 'sales', 'analyst', 'integration'));

-- ── Customers ────────────────────────────────────────────────────────────────────────────────────────────────────────

SELECT secure_table(name) FROM unnest(ARRAY['customer', 'customer_contact', 'customer_alias']) AS name;

ALTER TABLE customer
  ADD CONSTRAINT customer_tax_status_known CHECK (tax_status IN ('taxed', 'exempt', 'reverse_charge')),
  ADD CONSTRAINT customer_payment_terms_whole CHECK ((payment_terms_kind IS NULL) = (payment_terms_days IS NULL)),
  ADD CONSTRAINT customer_payment_terms_known CHECK (payment_terms_kind IN ('net_days', 'end_of_month') AND payment_terms_days BETWEEN 0 AND 365),
  ADD CONSTRAINT customer_not_own_parent CHECK (parent_customer_id <> id),
  ADD CONSTRAINT customer_custom_fields_object CHECK (jsonb_typeof(custom_fields) = 'object');
CREATE UNIQUE INDEX customer_contact_one_primary ON customer_contact (organization_id, customer_id) WHERE is_primary;

-- On any day an alias belongs to one customer at the most.
CREATE EXTENSION IF NOT EXISTS btree_gist;
ALTER TABLE customer_alias
  ADD CONSTRAINT customer_alias_period CHECK (starts_on < ends_before),
  ADD CONSTRAINT customer_alias_one_customer EXCLUDE USING gist (
    organization_id WITH =, alias WITH =, daterange(starts_on, ends_before) WITH &&);

-- ── Catalog ──────────────────────────────────────────────────────────────────────────────────────────────────────────

SELECT secure_table(name) FROM unnest(ARRAY['product', 'price', 'tax_rate']) AS name;

ALTER TABLE price
  ADD CONSTRAINT price_model_known CHECK (model IN ('flat', 'per_unit', 'seat', 'package', 'graduated', 'volume', 'percentage', 'one_time')),
  ADD CONSTRAINT price_terms_object CHECK (jsonb_typeof(terms) = 'object'),
  ADD CONSTRAINT price_cadence_known CHECK (cadence IN ('monthly', 'quarterly', 'half_yearly', 'annual', 'one_time')),
  ADD CONSTRAINT price_one_time CHECK (model <> 'one_time' OR cadence = 'one_time'),
  ADD CONSTRAINT price_timing_known CHECK (timing IN ('in_advance', 'in_arrears')),
  ADD CONSTRAINT price_proration_known CHECK (proration IN ('by_days', 'full', 'whole_months_then_days'));
ALTER TABLE tax_rate
  ADD CONSTRAINT tax_rate_category_known CHECK (category IN ('standard', 'reduced', 'zero', 'exempt')),
  ADD CONSTRAINT tax_rate_percent CHECK (percent BETWEEN 0 AND 100 AND (category IN ('standard', 'reduced') OR percent = 0));

-- What was agreed or charged by them stays explainable: a change is a new row.
REVOKE UPDATE, DELETE ON price, tax_rate FROM billgrid_app;

-- ── Usage ────────────────────────────────────────────────────────────────────────────────────────────────────────────

SELECT secure_table(name) FROM unnest(ARRAY['usage_metric', 'usage_event', 'usage_event_key', 'usage_day']) AS name;

ALTER TABLE usage_metric
  ADD CONSTRAINT usage_metric_aggregation_known CHECK (aggregation IN ('count', 'sum', 'max')),
  ADD CONSTRAINT usage_metric_property_if_needed CHECK ((aggregation = 'count') = (property IS NULL)),
  ADD CONSTRAINT usage_metric_filters_object CHECK (jsonb_typeof(filters) = 'object');
ALTER TABLE usage_day ADD CONSTRAINT usage_day_not_empty CHECK (event_count > 0);

-- Usage history is added to, never changed.
REVOKE UPDATE, DELETE ON usage_event, usage_event_key FROM billgrid_app;

-- Partitions are made ahead of the first event of their month. There is no default partition: rows in it would block
-- making theirs. Two that make the same month at once wait for each other.
CREATE SCHEMA usage_api;
GRANT USAGE ON SCHEMA usage_api TO billgrid_app;
CREATE FUNCTION usage_api.ensure_month(given_day date) RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  first_day date := date_trunc('month', given_day::timestamp)::date;
  partition text := 'usage_event_' || to_char(first_day, 'YYYY_MM');
BEGIN
  IF to_regclass('usage_partitions.' || partition) IS NOT NULL THEN RETURN; END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended('usage_event partitions', 3));
  IF to_regclass('usage_partitions.' || partition) IS NOT NULL THEN RETURN; END IF;
  EXECUTE format('CREATE TABLE usage_partitions.%I (LIKE public.usage_event INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', partition);
  EXECUTE format('ALTER TABLE public.usage_event ATTACH PARTITION usage_partitions.%I FOR VALUES FROM (%L) TO (%L)',
    partition, first_day, (first_day + interval '1 month')::date);
END $$;
REVOKE ALL ON FUNCTION usage_api.ensure_month(date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION usage_api.ensure_month(date) TO billgrid_app;

-- ── What was agreed ──────────────────────────────────────────────────────────────────────────────────────────────────

SELECT secure_table(name) FROM unnest(ARRAY[
  'contract', 'billing_schedule', 'phase', 'charge', 'minimum_commitment', 'seat_change'
]) AS name;

ALTER TABLE contract
  ADD CONSTRAINT contract_currency_code CHECK (currency ~ '^[A-Z]{3}$'),
  ADD CONSTRAINT contract_number_not_empty CHECK (number <> ''),
  ADD CONSTRAINT contract_has_days CHECK (ends_before IS NULL OR starts_on < ends_before),
  ADD CONSTRAINT contract_payment_terms_known CHECK (payment_terms_kind IN ('net_days', 'end_of_month') AND payment_terms_days BETWEEN 0 AND 365),
  -- Both or neither: a check that is unknown passes, so the half of it that is null has to be said.
  ADD CONSTRAINT contract_payment_terms_whole CHECK ((payment_terms_kind IS NULL) = (payment_terms_days IS NULL)),
  ADD CONSTRAINT contract_version_positive CHECK (version > 0);

ALTER TABLE billing_schedule
  ADD CONSTRAINT billing_schedule_status_known CHECK (status IN ('draft', 'active', 'suspended', 'completed', 'cancelled')),
  ADD CONSTRAINT billing_schedule_first_period_known CHECK (first_period IN ('anchor', 'calendar'));

ALTER TABLE phase
  ADD CONSTRAINT phase_ordinal_not_negative CHECK (ordinal >= 0),
  ADD CONSTRAINT phase_has_days CHECK (ends_before IS NULL OR starts_on < ends_before),
  -- On any day a schedule has one phase at the most.
  ADD CONSTRAINT phase_one_at_a_time EXCLUDE USING gist (
    organization_id WITH =, schedule_id WITH =, daterange(starts_on, ends_before) WITH &&);

ALTER TABLE charge
  ADD CONSTRAINT charge_ordinal_not_negative CHECK (ordinal >= 0),
  ADD CONSTRAINT charge_quantity_not_negative CHECK (quantity >= 0),
  ADD CONSTRAINT charge_discounts_listed CHECK (jsonb_typeof(discounts) = 'array');

ALTER TABLE minimum_commitment
  ADD CONSTRAINT minimum_commitment_amount_not_negative CHECK (amount >= 0),
  ADD CONSTRAINT minimum_commitment_cadence_known CHECK (cadence IN ('monthly', 'quarterly', 'half_yearly', 'annual')),
  ADD CONSTRAINT minimum_commitment_proration_known CHECK (proration IN ('by_days', 'full', 'whole_months_then_days'));

ALTER TABLE seat_change
  ADD CONSTRAINT seat_change_seats_not_negative CHECK (seats >= 0);

-- The schedule is locked and remembers late changes with every recalculation.
ALTER TABLE billing_schedule SET (fillfactor = 75);

-- ── What is issued does not change ───────────────────────────────────────────────────────────────────────────────────

-- Beside the issued content stand its delivery and its life: status, sending, a later agreed due date, an internal note.
CREATE FUNCTION keep_issued_invoice() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  beside text[] := ARRAY['status', 'sent_at', 'due_on', 'version', 'updated_at'];
BEGIN
  IF OLD.status = 'draft' THEN
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
  END IF;
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'invoice % is issued and cannot be deleted', OLD.number USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF NEW.status = 'draft' OR to_jsonb(OLD) - beside <> to_jsonb(NEW) - beside THEN
    RAISE EXCEPTION 'invoice % is issued and its content cannot change', OLD.number USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER keep_issued_invoice BEFORE UPDATE OR DELETE ON invoice FOR EACH ROW EXECUTE FUNCTION keep_issued_invoice();

-- Once a statement, not once a row: fifty thousand lines are checked by one join.
CREATE FUNCTION keep_issued_lines() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  issued text;
BEGIN
  -- Looked up invoice by invoice: a join may read all that was ever issued.
  SELECT found.number INTO issued FROM (SELECT DISTINCT organization_id, invoice_id FROM changed) AS touched
  CROSS JOIN LATERAL (
    SELECT number, status FROM invoice
    WHERE invoice.organization_id = touched.organization_id AND invoice.id = touched.invoice_id OFFSET 0) AS found
  WHERE found.status <> 'draft' LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'invoice % is issued and its lines cannot change', issued USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER keep_issued_lines_insert AFTER INSERT ON invoice_line REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION keep_issued_lines();
CREATE TRIGGER keep_issued_lines_update AFTER UPDATE ON invoice_line REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION keep_issued_lines();
CREATE TRIGGER keep_issued_lines_delete AFTER DELETE ON invoice_line REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION keep_issued_lines();

-- What is written once: the document as issued, the audit trail, the answers of commands.
REVOKE UPDATE, DELETE, TRUNCATE ON invoice_document, audit_event, idempotency_key FROM billgrid_app;
CREATE FUNCTION insert_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'rows of % are never changed', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER insert_only BEFORE UPDATE OR DELETE ON invoice_document FOR EACH ROW EXECUTE FUNCTION insert_only();
CREATE TRIGGER insert_only BEFORE UPDATE OR DELETE ON audit_event FOR EACH ROW EXECUTE FUNCTION insert_only();
CREATE TRIGGER insert_only BEFORE UPDATE OR DELETE ON idempotency_key FOR EACH ROW EXECUTE FUNCTION insert_only();
CREATE TRIGGER insert_only BEFORE UPDATE OR DELETE ON usage_event FOR EACH ROW EXECUTE FUNCTION insert_only();
CREATE TRIGGER insert_only BEFORE UPDATE OR DELETE ON usage_event_key FOR EACH ROW EXECUTE FUNCTION insert_only();

-- ── Tables that are updated in bulk keep room for the next version of a row on its page ─────────────────────────────

ALTER TABLE invoice SET (fillfactor = 75);
ALTER TABLE invoice_line SET (fillfactor = 75);
ALTER TABLE usage_day SET (fillfactor = 75);
ALTER TABLE operation_item SET (fillfactor = 75);
