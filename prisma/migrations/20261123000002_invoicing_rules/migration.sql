-- How a customer's contracts share invoices, and who is billed for it.
ALTER TABLE customer
  ADD COLUMN "invoice_grouping" TEXT NOT NULL DEFAULT 'per_contract',
  ADD COLUMN "bill_to_customer_id" UUID;
ALTER TABLE customer
  ADD CONSTRAINT "customer_organization_id_bill_to_customer_id_fkey" FOREIGN KEY ("organization_id", "bill_to_customer_id")
    REFERENCES "customer" ("organization_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION,
  ADD CONSTRAINT customer_invoice_grouping_known CHECK (invoice_grouping IN ('per_contract', 'per_customer')),
  ADD CONSTRAINT customer_bills_another CHECK (bill_to_customer_id <> id);
-- Whose drafts change when somebody who is billed for others does.
CREATE INDEX "customer_organization_id_bill_to_customer_id_idx" ON customer ("organization_id", "bill_to_customer_id");
