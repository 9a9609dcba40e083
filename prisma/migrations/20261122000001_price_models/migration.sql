ALTER TABLE price
  -- The amounts are what the customer pays, tax and all.
  ADD COLUMN "tax_inclusive" BOOLEAN NOT NULL DEFAULT false,
  -- Of a price of one contract alone, which is no version of the catalog.
  ADD COLUMN "contract_id" UUID,
  ADD CONSTRAINT "price_organization_id_contract_id_fkey" FOREIGN KEY ("organization_id", "contract_id")
    REFERENCES "contract" ("organization_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION,
  DROP CONSTRAINT price_model_known,
  ADD CONSTRAINT price_model_known CHECK (model IN (
    'flat', 'per_unit', 'seat', 'package', 'graduated', 'volume', 'percentage', 'graduated_percentage', 'matrix', 'one_time')),
  DROP CONSTRAINT price_cadence_known,
  -- Every 3, 6 and 12 months have names of their own.
  ADD CONSTRAINT price_cadence_known CHECK (
    cadence IN ('monthly', 'quarterly', 'half_yearly', 'annual', 'one_time')
    OR (cadence ~ '^every_([2-9]|[1-9][0-9]|1[01][0-9]|120)_months$' AND cadence !~ '^every_(3|6|12)_months$'));

-- One version for each day in the catalog; a contract may have as many of its own as it is amended.
DROP INDEX "price_organization_id_lineage_id_currency_effective_on_key";
CREATE UNIQUE INDEX price_one_version_a_day ON price (organization_id, lineage_id, currency, effective_on) WHERE contract_id IS NULL;
CREATE INDEX "price_organization_id_contract_id_idx" ON "price" ("organization_id", "contract_id");
