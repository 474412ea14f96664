-- The ledger, version 2. What people decide about refunds that the gateway left open, and where the gateway's later word
-- differs from what the ledger holds. Version 1's tables stay; nothing here is undone by an older program, which refuses
-- the file.

-- The decision that the present state rests on (all of them stand in `refund_decisions`), with v1's `decided_by` and
-- `decided_reason`; and what the gateway says against the state, until a manager has looked.
ALTER TABLE refunds ADD COLUMN decision TEXT CHECK (decision IN ('refunded', 'not_executed', 'abandoned'));
ALTER TABLE refunds ADD COLUMN decided_evidence TEXT CHECK (length(decided_evidence) BETWEEN 1 AND 100);
ALTER TABLE refunds ADD COLUMN decided_at INTEGER;
ALTER TABLE refunds ADD COLUMN confirmed_at INTEGER;
ALTER TABLE refunds ADD COLUMN contradicted TEXT CHECK (contradicted IN ('reported', 'not_reported'));
ALTER TABLE refunds ADD COLUMN contradicted_at INTEGER CHECK ((contradicted_at IS NULL) = (contradicted IS NULL));
-- How many decisions there were when it was found: only a later one ends it. No clock that is set back can.
ALTER TABLE refunds ADD COLUMN contradicted_after INTEGER CHECK ((contradicted_after IS NULL) = (contradicted IS NULL));
UPDATE refunds SET decision = 'abandoned', decided_at = updated_at WHERE state = 'abandoned';

CREATE INDEX refunds_contradicted ON refunds (created_at) WHERE contradicted IS NOT NULL;
CREATE INDEX refunds_unconfirmed ON refunds (decided_at) WHERE decision IN ('refunded', 'not_executed') AND confirmed_at IS NULL;
CREATE INDEX audit_by_subject ON audit (subject);

-- Every decision of a person, for ever. 'sent_again' and 'stands' rest in no state.
CREATE TABLE refund_decisions (
    reference  TEXT NOT NULL REFERENCES refunds (reference),
    number     INTEGER NOT NULL CHECK (number >= 1),
    attempt    INTEGER NOT NULL CHECK (attempt >= 1),
    kind       TEXT NOT NULL CHECK (kind IN ('refunded', 'not_executed', 'abandoned', 'sent_again', 'stands')),
    before     TEXT NOT NULL,
    decided_by TEXT NOT NULL REFERENCES operators (id),
    reason     TEXT NOT NULL CHECK (length(reason) BETWEEN 1 AND 120),
    evidence   TEXT CHECK (length(evidence) BETWEEN 1 AND 100),
    decided_at INTEGER NOT NULL,
    PRIMARY KEY (reference, number),
    CHECK (evidence IS NOT NULL OR kind IN ('abandoned', 'sent_again'))
) STRICT, WITHOUT ROWID;
INSERT INTO refund_decisions (reference, number, attempt, kind, before, decided_by, reason, evidence, decided_at)
    SELECT reference, 1, attempt, 'abandoned', outcome, decided_by, decided_reason, NULL, updated_at
    FROM refunds WHERE state = 'abandoned';

CREATE TRIGGER refund_decisions_follow BEFORE INSERT ON refund_decisions
WHEN NEW.number <> (SELECT count(*) + 1 FROM refund_decisions WHERE reference = NEW.reference)
BEGIN SELECT RAISE(ABORT, 'a decision follows the last one'); END;
CREATE TRIGGER refund_decisions_never_change BEFORE UPDATE ON refund_decisions
BEGIN SELECT RAISE(ABORT, 'a decision is never changed'); END;
CREATE TRIGGER refund_decisions_stay BEFORE DELETE ON refund_decisions
BEGIN SELECT RAISE(ABORT, 'a decision is never deleted'); END;

-- Evidence beats absence; a person decides what hangs, or accepts the gateway's word against ours.
INSERT INTO refund_moves (before, after) VALUES
    ('not_executed', 'refunded'), ('pending', 'not_executed'),
    ('not_sent', 'refunded'), ('declined', 'refunded'), ('abandoned', 'refunded');

CREATE TRIGGER refunds_rest_on_a_decision BEFORE UPDATE ON refunds
WHEN NEW.decision IS NOT NULL
 AND (NEW.decision <> NEW.state
   OR NOT EXISTS (SELECT 1 FROM refund_decisions d
                  WHERE d.reference = NEW.reference AND d.kind = NEW.decision AND d.decided_by = NEW.decided_by
                    AND d.reason = NEW.decided_reason AND d.evidence IS NEW.decided_evidence
                    AND d.decided_at = NEW.decided_at AND d.attempt = NEW.attempt))
BEGIN SELECT RAISE(ABORT, 'this decision of a person is not on record'); END;
CREATE TRIGGER refunds_move_by_a_person BEFORE UPDATE OF state ON refunds
WHEN NEW.state <> OLD.state AND NEW.decision IS NULL
 AND (NEW.state = 'abandoned' OR (OLD.state = 'pending' AND NEW.state = 'not_executed')
   OR (NEW.state = 'refunded' AND OLD.state IN ('not_sent', 'declined', 'abandoned')))
BEGIN SELECT RAISE(ABORT, 'only a person makes this move'); END;
CREATE TRIGGER refunds_move_against_the_gateway BEFORE UPDATE OF state ON refunds
WHEN NEW.state = 'refunded' AND OLD.state IN ('not_sent', 'declined', 'abandoned')
 AND OLD.contradicted IS NOT 'reported'
BEGIN SELECT RAISE(ABORT, 'the gateway reports no such refund'); END;
CREATE TRIGGER refunds_keep_their_decision BEFORE UPDATE ON refunds
WHEN OLD.decision IS NOT NULL
 AND ((NEW.state = OLD.state
       AND (NEW.decision IS NOT OLD.decision OR NEW.decided_by IS NOT OLD.decided_by
         OR NEW.decided_reason IS NOT OLD.decided_reason OR NEW.decided_evidence IS NOT OLD.decided_evidence
         OR NEW.decided_at IS NOT OLD.decided_at
         OR (OLD.confirmed_at IS NOT NULL AND NEW.confirmed_at IS NOT OLD.confirmed_at)))
   OR (NEW.state = 'refunded' AND NEW.decision IS NULL))
BEGIN SELECT RAISE(ABORT, 'a decision of a person is kept'); END;
CREATE TRIGGER refunds_keep_their_contradiction BEFORE UPDATE ON refunds
WHEN OLD.contradicted IS NOT NULL AND NEW.contradicted IS NOT OLD.contradicted
 AND NOT (OLD.state = 'not_executed' AND NEW.state = 'refunded')
 AND NOT (OLD.contradicted = 'not_reported' AND OLD.confirmed_at IS NULL AND NEW.confirmed_at IS NOT NULL)
 AND NOT EXISTS (SELECT 1 FROM refund_decisions d
                 WHERE d.reference = NEW.reference AND d.kind IN ('refunded', 'not_executed', 'stands')
                   AND d.number > OLD.contradicted_after)
BEGIN SELECT RAISE(ABORT, 'a contradiction stays until a manager has looked'); END;
CREATE TRIGGER refunds_contradicted_are_not_sent BEFORE UPDATE OF state ON refunds
WHEN NEW.state = 'sent' AND OLD.contradicted IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a refund that the gateway reports is not sent'); END;
