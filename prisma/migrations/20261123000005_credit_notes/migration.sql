-- ── Why people credit an invoice ─────────────────────────────────────────────────────────────────────────────────────

ALTER TABLE invoice
  ADD COLUMN "credit_category" TEXT,
  ADD COLUMN "credit_reason" TEXT,
  ADD COLUMN "credit_service" TEXT;
ALTER TABLE invoice
  ADD CONSTRAINT invoice_credit_category_known CHECK (
    credit_category IN ('price_error', 'service_failure', 'goodwill', 'cancellation', 'duplicate', 'other')),
  ADD CONSTRAINT invoice_credit_service_known CHECK (credit_service IN ('future_service', 'past_service')),
  -- What people credit has a reason; the engine credits for usage that came late.
  ADD CONSTRAINT invoice_credit_reason_whole CHECK (
    credit_reason <> '' AND (credit_reason IS NULL) = (credit_category IS NULL) AND (credit_reason IS NULL) = (credit_service IS NULL)),
  ADD CONSTRAINT invoice_credited_by_people CHECK (
    CASE WHEN credit_effect IN ('correction', 'final') THEN credit_reason IS NOT NULL AND corrects_invoice_id IS NOT NULL
      ELSE credit_reason IS NULL OR credit_effect IS NOT NULL END),
  DROP CONSTRAINT invoice_stale_reasons_known,
  ADD CONSTRAINT invoice_stale_reasons_known CHECK (
    stale_reasons <@ ARRAY['usage', 'alias', 'tax', 'contract', 'customer', 'price', 'credits', 'exchange_rate', 'credit_note']
    AND (stale_since IS NULL) = (stale_reasons = '{}'));

-- What of a line was credited is looked up line by line, and by contract when the engine asks what is billed; few lines are of credit notes.
CREATE INDEX invoice_line_of_credited ON invoice_line (organization_id, corrects_line_id) WHERE corrects_line_id IS NOT NULL;
CREATE INDEX invoice_line_credited_of_contract ON invoice_line (organization_id, contract_id) WHERE corrects_line_id IS NOT NULL;
CREATE INDEX invoice_credited_by_people ON invoice (organization_id, corrects_invoice_id) WHERE credit_effect IN ('correction', 'final');

-- ── What always holds ────────────────────────────────────────────────────────────────────────────────────────────────

-- Issued credit notes never take more from a line than was billed on it; and only from lines of the invoice that they correct.
CREATE FUNCTION keep_credit_within_line() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  broken record;
BEGIN
  SELECT line.description, line.net_amount, line.tax_amount, credited.net, credited.tax INTO broken
  FROM (SELECT DISTINCT corrects_line_id AS id FROM invoice_line
        WHERE organization_id = NEW.organization_id AND invoice_id = NEW.id AND corrects_line_id IS NOT NULL) AS named
  LEFT JOIN invoice_line AS line
    ON line.organization_id = NEW.organization_id AND line.invoice_id = NEW.corrects_invoice_id AND line.id = named.id
  CROSS JOIN LATERAL (
    SELECT -sum(taken.net_amount) AS net, -sum(taken.tax_amount) AS tax
    FROM invoice_line AS taken JOIN invoice AS note ON note.organization_id = taken.organization_id AND note.id = taken.invoice_id
    WHERE taken.organization_id = NEW.organization_id AND taken.corrects_line_id = named.id AND note.status IN ('finalized', 'sent')) AS credited
  WHERE line.id IS NULL OR credited.net * line.net_amount < 0 OR credited.tax * line.tax_amount < 0
    OR abs(credited.net) > abs(line.net_amount) OR abs(credited.tax) > abs(line.tax_amount)
  LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'credit note % would credit % + % of a line of % + %', NEW.number, broken.net, broken.tax, broken.net_amount, broken.tax_amount
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER keep_credit_within_line AFTER UPDATE OF number ON invoice FOR EACH ROW
  WHEN (NEW.document_kind = 'credit_note' AND NEW.number IS NOT NULL AND OLD.number IS NULL) EXECUTE FUNCTION keep_credit_within_line();

-- What people credit is calculated from an issued invoice, which does not change: it never becomes stale, whatever is said of a customer's drafts.
CREATE FUNCTION keep_credit_note_fresh() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RETURN NULL;
END $$;
CREATE TRIGGER keep_credit_note_fresh BEFORE UPDATE OF stale_since ON invoice FOR EACH ROW
  WHEN (NEW.credit_effect IN ('correction', 'final') AND NEW.stale_since IS NOT NULL) EXECUTE FUNCTION keep_credit_note_fresh();
