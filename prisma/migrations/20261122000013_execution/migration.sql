-- ── What customers signed: the schedule as agreed, with the conditions beside it; added to and never changed ─────────

CREATE TABLE "signed_schedule" (
    "organization_id" UUID NOT NULL,
    "contract_id" UUID NOT NULL,
    "revision" INTEGER NOT NULL,
    "quote_id" UUID NOT NULL,
    "version_ordinal" INTEGER NOT NULL,
    "agreement" JSONB NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "signed_schedule_pkey" PRIMARY KEY ("organization_id","contract_id","revision")
);
-- A quote is executed once, whoever executes it.
CREATE UNIQUE INDEX "signed_schedule_organization_id_quote_id_key" ON "signed_schedule" ("organization_id", "quote_id");
ALTER TABLE "signed_schedule"
  ADD CONSTRAINT "signed_schedule_organization_id_contract_id_fkey" FOREIGN KEY ("organization_id", "contract_id")
    REFERENCES "contract" ("organization_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION,
  ADD CONSTRAINT "signed_schedule_organization_id_quote_id_fkey" FOREIGN KEY ("organization_id", "quote_id")
    REFERENCES "quote" ("organization_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION,
  ADD CONSTRAINT signed_schedule_revision_not_negative CHECK (revision >= 0),
  ADD CONSTRAINT signed_schedule_agreement_object CHECK (jsonb_typeof(agreement) = 'object');
CREATE TRIGGER insert_only BEFORE UPDATE OR DELETE ON signed_schedule FOR EACH ROW EXECUTE FUNCTION insert_only();

-- ── An amendment names the quote that agreed it ──────────────────────────────────────────────────────────────────────

ALTER TABLE "amendment" ADD COLUMN "quote_id" UUID;
CREATE UNIQUE INDEX "amendment_organization_id_quote_id_key" ON "amendment" ("organization_id", "quote_id");
ALTER TABLE "amendment"
  ADD CONSTRAINT "amendment_organization_id_quote_id_fkey" FOREIGN KEY ("organization_id", "quote_id")
    REFERENCES "quote" ("organization_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION;

SELECT secure_table('signed_schedule');
REVOKE UPDATE, DELETE ON signed_schedule FROM billgrid_app;
