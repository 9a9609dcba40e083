-- ── Months that were closed: history, with what the checklist said when it was done ─────────────────────────────────

CREATE TABLE "month_close" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "month" DATE NOT NULL,
    "note" TEXT,
    "checklist" JSONB NOT NULL,
    "closed_by" TEXT NOT NULL,
    "closed_at" TIMESTAMPTZ(6) NOT NULL,
    "reopened_by" TEXT,
    "reopened_at" TIMESTAMPTZ(6),
    "reopen_reason" TEXT,

    CONSTRAINT "month_close_pkey" PRIMARY KEY ("organization_id","id")
);
CREATE INDEX "month_close_organization_id_month_idx" ON "month_close" ("organization_id", "month");
CREATE UNIQUE INDEX month_close_once ON month_close (organization_id, month) WHERE reopened_at IS NULL;
ALTER TABLE "month_close"
  ADD CONSTRAINT month_close_month_begins CHECK (extract(day FROM month) = 1),
  ADD CONSTRAINT month_close_reopened_whole CHECK (
    (reopened_at IS NULL) = (reopened_by IS NULL) AND (reopened_at IS NULL) = (reopen_reason IS NULL));

-- What people let pass, one finding at a time, and why.
CREATE TABLE "closing_waiver" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "month" DATE NOT NULL,
    "check" TEXT NOT NULL,
    "subject_id" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "amount" DECIMAL(19,4),
    "currency" CHAR(3),
    "reason" TEXT NOT NULL,
    "waived_by" TEXT NOT NULL,
    "waived_at" TIMESTAMPTZ(6) NOT NULL,
    "revoked_by" TEXT,
    "revoked_at" TIMESTAMPTZ(6),

    CONSTRAINT "closing_waiver_pkey" PRIMARY KEY ("organization_id","id")
) WITH (fillfactor = 75);
CREATE INDEX "closing_waiver_organization_id_month_idx" ON "closing_waiver" ("organization_id", "month");
CREATE UNIQUE INDEX closing_waiver_once ON closing_waiver (organization_id, month, "check", subject_id) WHERE revoked_at IS NULL;
ALTER TABLE "closing_waiver"
  ADD CONSTRAINT closing_waiver_month_begins CHECK (extract(day FROM month) = 1),
  ADD CONSTRAINT closing_waiver_reason_not_empty CHECK (reason <> ''),
  ADD CONSTRAINT closing_waiver_amount_whole CHECK ((amount IS NULL) = (currency IS NULL)),
  ADD CONSTRAINT closing_waiver_revoked_whole CHECK ((revoked_at IS NULL) = (revoked_by IS NULL));

SELECT secure_table(name) FROM unnest(ARRAY['month_close', 'closing_waiver']) AS name;
REVOKE DELETE ON month_close, closing_waiver FROM billgrid_app;

-- Usage that nobody claims holds up the close of a month above so much, in the base currency.
ALTER TABLE organization
  ADD COLUMN "unattributed_usage_limit" DECIMAL(19,4) NOT NULL DEFAULT 0,
  ADD CONSTRAINT organization_unattributed_usage_limit_not_negative CHECK (unattributed_usage_limit >= 0);
