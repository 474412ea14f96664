-- The ledger, version 3. Shifts, the store's own rules that an approval lifts, and the second manager who agrees.

-- Which rules were lifted, by their words with spaces between, and what the manager wrote about it.
ALTER TABLE approvals ADD COLUMN lifted TEXT NOT NULL DEFAULT '';
ALTER TABLE approvals ADD COLUMN note TEXT CHECK (length(note) BETWEEN 1 AND 120);
DROP TRIGGER approvals_are_used_once;
CREATE TRIGGER approvals_are_used_once BEFORE UPDATE ON approvals
WHEN OLD.used_by IS NOT NULL OR NEW.used_by IS NULL OR NEW.id <> OLD.id OR NEW.sale_id <> OLD.sale_id
  OR NEW.key_kind <> OLD.key_kind OR NEW.key_text <> OLD.key_text OR NEW.amount_minor <> OLD.amount_minor
  OR NEW.currency <> OLD.currency OR NEW.settle_currency <> OLD.settle_currency OR NEW.reason <> OLD.reason
  OR NEW.requester <> OLD.requester OR NEW.approver <> OLD.approver OR NEW.left_minor <> OLD.left_minor
  OR NEW.approved_at <> OLD.approved_at OR NEW.expires_at <> OLD.expires_at
  OR NEW.lifted <> OLD.lifted OR NEW.note IS NOT OLD.note
BEGIN SELECT RAISE(ABORT, 'an approval is used once and never changed'); END;

-- A second manager's yes to an approval that is still unused.
CREATE TABLE countersigns (
    approval_id TEXT NOT NULL PRIMARY KEY REFERENCES approvals (id),
    manager     TEXT NOT NULL REFERENCES operators (id),
    signed_at   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TRIGGER countersigns_are_another_managers BEFORE INSERT ON countersigns
WHEN EXISTS (SELECT 1 FROM approvals a WHERE a.id = NEW.approval_id
             AND (a.approver = NEW.manager OR a.requester = NEW.manager OR a.used_by IS NOT NULL))
BEGIN SELECT RAISE(ABORT, 'another manager agrees, before the approval is used'); END;
CREATE TRIGGER countersigns_never_change BEFORE UPDATE ON countersigns
BEGIN SELECT RAISE(ABORT, 'a second yes is never changed'); END;
CREATE TRIGGER countersigns_stay BEFORE DELETE ON countersigns
BEGIN SELECT RAISE(ABORT, 'a second yes is never deleted'); END;

-- One person's time at one till. The record's head is written when it ends: it stands on the shift's report.
CREATE TABLE shifts (
    id          TEXT NOT NULL PRIMARY KEY CHECK (length(id) = 26),
    operator    TEXT NOT NULL REFERENCES operators (id),
    till        TEXT NOT NULL,
    opened_at   INTEGER NOT NULL,
    closed_at   INTEGER CHECK (closed_at >= opened_at),
    audit_count INTEGER,
    audit_hash  BLOB CHECK (length(audit_hash) = 32),
    CHECK ((closed_at IS NULL) = (audit_count IS NULL) AND (closed_at IS NULL) = (audit_hash IS NULL))
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX shifts_open ON shifts (till, operator) WHERE closed_at IS NULL;
CREATE INDEX shifts_by_time ON shifts (opened_at);
CREATE TRIGGER shifts_close_once BEFORE UPDATE ON shifts
WHEN OLD.closed_at IS NOT NULL OR NEW.id <> OLD.id OR NEW.operator <> OLD.operator OR NEW.till <> OLD.till
  OR NEW.opened_at <> OLD.opened_at
BEGIN SELECT RAISE(ABORT, 'a shift is closed once and keeps its terms'); END;
CREATE TRIGGER shifts_stay BEFORE DELETE ON shifts
BEGIN SELECT RAISE(ABORT, 'a shift is never deleted'); END;

-- What somebody gave back since a moment: asked before every approval.
CREATE INDEX refunds_by_requester ON refunds (requester, created_at);
