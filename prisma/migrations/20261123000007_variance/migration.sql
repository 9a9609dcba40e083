-- ── What comparisons need of a line, kept as it was written: lines of before it are compared by their explanation ────

ALTER TABLE invoice_line ADD COLUMN "driver_facts" TEXT;

-- ── Changes that somebody looked at and let pass, as they stood then ─────────────────────────────────────────────────

CREATE TABLE "variance_sign_off" (
    "organization_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "row_id" TEXT NOT NULL,
    "customer_id" UUID NOT NULL,
    "month" DATE NOT NULL,
    "variance_hash" TEXT NOT NULL,
    "note" TEXT NOT NULL,
    "signed_by" TEXT NOT NULL,
    "signed_at" TIMESTAMPTZ(6) NOT NULL,
    "revoked_by" TEXT,
    "revoked_at" TIMESTAMPTZ(6),

    CONSTRAINT "variance_sign_off_pkey" PRIMARY KEY ("organization_id","id")
) WITH (fillfactor = 75);
CREATE INDEX "variance_sign_off_organization_id_month_row_id_idx" ON "variance_sign_off" ("organization_id", "month", "row_id");
CREATE UNIQUE INDEX variance_sign_off_once ON variance_sign_off (organization_id, month, row_id) WHERE revoked_at IS NULL;
ALTER TABLE "variance_sign_off"
  ADD CONSTRAINT "variance_sign_off_organization_id_customer_id_fkey" FOREIGN KEY ("organization_id", "customer_id")
    REFERENCES "customer" ("organization_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION,
  ADD CONSTRAINT variance_sign_off_month_begins CHECK (extract(day FROM month) = 1),
  ADD CONSTRAINT variance_sign_off_note_not_empty CHECK (note <> ''),
  ADD CONSTRAINT variance_sign_off_revoked_whole CHECK ((revoked_at IS NULL) = (revoked_by IS NULL));

SELECT secure_table('variance_sign_off');
REVOKE DELETE ON variance_sign_off FROM billgrid_app;
