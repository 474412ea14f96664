-- The ledger, version 1. What a till must never forget, and the rules the database itself holds to.
--
-- Money is whole minor units beside its ISO 4217 code; moments are UTC milliseconds; ids are text, never numbers.
-- Rows are added or moved forward. Nothing here assumes that this is the only till.

CREATE TABLE meta (
    name  TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Every name this file's till has had: its own unfinished refunds are found at a restart even after it was renamed.
CREATE TABLE tills (
    name          TEXT NOT NULL PRIMARY KEY CHECK (length(name) BETWEEN 1 AND 24),
    first_seen_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE operators (
    id         TEXT NOT NULL PRIMARY KEY CHECK (length(id) = 26),
    name       TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
    role       TEXT NOT NULL CHECK (role IN ('cashier', 'manager')),
    pin_hash   TEXT NOT NULL CHECK (pin_hash LIKE '$argon2id$%'),
    active     INTEGER NOT NULL CHECK (active IN (0, 1)),
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX operators_by_name ON operators (name COLLATE NOCASE) WHERE active = 1;

-- Wrong PINs since the last right one, by operator id, or by 'sign_in' where only a PIN was given.
CREATE TABLE pin_failures (
    subject         TEXT NOT NULL PRIMARY KEY,
    failures        INTEGER NOT NULL CHECK (failures > 0),
    last_failure_at INTEGER NOT NULL,
    locked_until    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE sales (
    id              TEXT NOT NULL PRIMARY KEY CHECK (length(id) = 26),
    transaction_no  TEXT UNIQUE CHECK (length(transaction_no) = 18 AND transaction_no NOT GLOB '*[^0-9]*'),
    reference       TEXT CHECK (length(reference) BETWEEN 1 AND 64),
    paid_minor      INTEGER NOT NULL CHECK (paid_minor >= 0),
    currency        TEXT NOT NULL CHECK (length(currency) = 3),
    settle_currency TEXT NOT NULL CHECK (length(settle_currency) = 3),
    wallet          TEXT CHECK (length(wallet) BETWEEN 1 AND 40),
    paid_at         INTEGER,
    status          TEXT NOT NULL CHECK (status IN ('init', 'dealing', 'success', 'failed', 'pending', 'closed')),
    origin          TEXT NOT NULL CHECK (origin IN ('import', 'gateway')),
    till            TEXT NOT NULL,
    imported_at     INTEGER NOT NULL,
    updated_at      INTEGER NOT NULL,
    CHECK (transaction_no IS NOT NULL OR reference IS NOT NULL)
) STRICT;
-- A merchant's number may repeat (a till that starts again at 1 each year); only a sale known by nothing else must be alone.
CREATE INDEX sales_by_reference ON sales (reference) WHERE reference IS NOT NULL;
CREATE UNIQUE INDEX sales_by_lone_reference ON sales (reference) WHERE transaction_no IS NULL;

CREATE TABLE sale_items (
    sale_id      TEXT NOT NULL REFERENCES sales (id),
    line         INTEGER NOT NULL CHECK (line >= 1),
    description  TEXT NOT NULL CHECK (length(description) BETWEEN 1 AND 200),
    quantity     INTEGER NOT NULL CHECK (quantity BETWEEN 1 AND 1000000),
    amount_minor INTEGER NOT NULL CHECK (amount_minor >= 0),
    PRIMARY KEY (sale_id, line)
) STRICT, WITHOUT ROWID;

-- What the gateway reports and no counting refund of ours explains.
CREATE TABLE foreign_refunds (
    sale_id      TEXT NOT NULL REFERENCES sales (id),
    id           TEXT NOT NULL CHECK (length(id) BETWEEN 1 AND 200),
    reference    TEXT,
    amount_minor INTEGER NOT NULL CHECK (amount_minor >= 0),
    reported_at  INTEGER NOT NULL,
    PRIMARY KEY (sale_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX foreign_refunds_by_reference ON foreign_refunds (reference) WHERE reference IS NOT NULL;

-- One person's yes to one intention. `used_by` is the refund that used it up, `attempt` which of its requests.
CREATE TABLE approvals (
    id              TEXT NOT NULL PRIMARY KEY CHECK (length(id) = 26),
    sale_id         TEXT NOT NULL REFERENCES sales (id),
    key_kind        TEXT NOT NULL CHECK (key_kind IN ('transaction', 'reference')),
    key_text        TEXT NOT NULL,
    amount_minor    INTEGER NOT NULL CHECK (amount_minor > 0),
    currency        TEXT NOT NULL CHECK (length(currency) = 3),
    settle_currency TEXT NOT NULL CHECK (length(settle_currency) = 3),
    reason          TEXT NOT NULL,
    requester       TEXT NOT NULL REFERENCES operators (id),
    approver        TEXT NOT NULL REFERENCES operators (id),
    left_minor      INTEGER NOT NULL CHECK (left_minor >= amount_minor),
    approved_at     INTEGER NOT NULL,
    expires_at      INTEGER NOT NULL CHECK (expires_at >= approved_at),
    used_by         TEXT,
    attempt         INTEGER,
    CHECK ((used_by IS NULL) = (attempt IS NULL)),
    UNIQUE (used_by, attempt)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER approvals_are_used_once BEFORE UPDATE ON approvals
WHEN OLD.used_by IS NOT NULL OR NEW.used_by IS NULL OR NEW.id <> OLD.id OR NEW.sale_id <> OLD.sale_id
  OR NEW.key_kind <> OLD.key_kind OR NEW.key_text <> OLD.key_text OR NEW.amount_minor <> OLD.amount_minor
  OR NEW.currency <> OLD.currency OR NEW.settle_currency <> OLD.settle_currency OR NEW.reason <> OLD.reason
  OR NEW.requester <> OLD.requester OR NEW.approver <> OLD.approver OR NEW.left_minor <> OLD.left_minor
  OR NEW.approved_at <> OLD.approved_at OR NEW.expires_at <> OLD.expires_at
BEGIN SELECT RAISE(ABORT, 'an approval is used once and never changed'); END;
CREATE TRIGGER approvals_stay BEFORE DELETE ON approvals
BEGIN SELECT RAISE(ABORT, 'an approval is never deleted'); END;

CREATE TABLE refunds (
    reference          TEXT NOT NULL PRIMARY KEY CHECK (length(reference) BETWEEN 1 AND 64),
    sale_id            TEXT NOT NULL REFERENCES sales (id),
    key_kind           TEXT NOT NULL CHECK (key_kind IN ('transaction', 'reference')),
    key_text           TEXT NOT NULL,
    amount_minor       INTEGER NOT NULL CHECK (amount_minor > 0),
    currency           TEXT NOT NULL CHECK (length(currency) = 3),
    settle_currency    TEXT NOT NULL CHECK (length(settle_currency) = 3),
    reason             TEXT NOT NULL,
    requester          TEXT NOT NULL REFERENCES operators (id),
    approver           TEXT NOT NULL REFERENCES operators (id),
    approval_id        TEXT NOT NULL UNIQUE REFERENCES approvals (id),
    attempt            INTEGER NOT NULL CHECK (attempt >= 1),
    state              TEXT NOT NULL CHECK (state IN ('prepared', 'sent', 'refunded', 'declined', 'pending', 'unknown',
                                                      'not_sent', 'not_executed', 'abandoned')),
    outcome            TEXT CHECK (outcome IN ('refunded', 'declined', 'pending', 'unknown', 'not_sent', 'not_executed')),
    outcome_cause      TEXT,
    outcome_code       TEXT CHECK (length(outcome_code) <= 60),
    gateway_refund_no  TEXT CHECK (length(gateway_refund_no) <= 100),
    not_found_answers  INTEGER NOT NULL DEFAULT 0 CHECK (not_found_answers >= 0),
    not_found_first_at INTEGER,
    last_query_at      INTEGER,
    decided_by         TEXT REFERENCES operators (id),
    decided_reason     TEXT,
    training           INTEGER NOT NULL CHECK (training IN (0, 1)),
    till               TEXT NOT NULL,
    created_at         INTEGER NOT NULL,
    updated_at         INTEGER NOT NULL,
    CHECK ((outcome IS NULL) = (state IN ('prepared', 'sent'))),
    CHECK (state NOT IN ('refunded', 'declined', 'pending', 'unknown', 'not_sent', 'not_executed') OR outcome = state),
    CHECK (state <> 'abandoned' OR (decided_by IS NOT NULL AND decided_reason IS NOT NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX refunds_by_sale ON refunds (sale_id, created_at);
CREATE INDEX refunds_by_time ON refunds (created_at);
CREATE INDEX refunds_open ON refunds (state, created_at)
    WHERE state IN ('prepared', 'sent', 'pending', 'unknown', 'not_sent', 'not_executed');

-- The legal moves once more, below the program: `domain::refund` owns them, a test compares the two.
CREATE TABLE refund_moves (
    before TEXT NOT NULL,
    after  TEXT NOT NULL,
    PRIMARY KEY (before, after)
) STRICT, WITHOUT ROWID;
INSERT INTO refund_moves (before, after) VALUES
    ('prepared', 'sent'), ('not_sent', 'sent'), ('not_executed', 'sent'),
    ('prepared', 'not_sent'), ('sent', 'not_sent'),
    ('prepared', 'unknown'), ('sent', 'unknown'),
    ('sent', 'refunded'), ('pending', 'refunded'), ('unknown', 'refunded'),
    ('sent', 'declined'), ('pending', 'declined'),
    ('sent', 'pending'), ('unknown', 'pending'),
    ('unknown', 'not_executed'),
    ('not_sent', 'abandoned'), ('not_executed', 'abandoned');

CREATE TRIGGER refunds_begin_prepared BEFORE INSERT ON refunds
WHEN NEW.state <> 'prepared' OR NEW.attempt <> 1
BEGIN SELECT RAISE(ABORT, 'a refund begins as prepared'); END;
CREATE TRIGGER refunds_move_legally BEFORE UPDATE OF state ON refunds
WHEN NEW.state <> OLD.state
 AND NOT EXISTS (SELECT 1 FROM refund_moves WHERE before = OLD.state AND after = NEW.state)
BEGIN SELECT RAISE(ABORT, 'this move of a refund is not legal'); END;
CREATE TRIGGER refunds_keep_their_terms BEFORE UPDATE ON refunds
WHEN NEW.reference <> OLD.reference OR NEW.sale_id <> OLD.sale_id OR NEW.key_kind <> OLD.key_kind
  OR NEW.key_text <> OLD.key_text OR NEW.amount_minor <> OLD.amount_minor OR NEW.currency <> OLD.currency
  OR NEW.settle_currency <> OLD.settle_currency OR NEW.reason <> OLD.reason OR NEW.requester <> OLD.requester
  OR NEW.training <> OLD.training OR NEW.till <> OLD.till OR NEW.created_at <> OLD.created_at
  OR ((NEW.approver <> OLD.approver OR NEW.approval_id <> OLD.approval_id OR NEW.attempt <> OLD.attempt)
      AND NOT (OLD.state IN ('not_sent', 'not_executed') AND NEW.state = 'sent' AND NEW.attempt = OLD.attempt + 1
               AND NEW.approval_id <> OLD.approval_id))
BEGIN SELECT RAISE(ABORT, 'a refund keeps its terms'); END;
CREATE TRIGGER refunds_stay BEFORE DELETE ON refunds
BEGIN SELECT RAISE(ABORT, 'a refund is never deleted'); END;

-- The record. Each row's hash covers the row and the hash before it (`audit.rs` says how, byte by byte).
CREATE TABLE audit (
    seq       INTEGER PRIMARY KEY CHECK (seq >= 1),
    at        INTEGER NOT NULL,
    who       TEXT NOT NULL,
    what      TEXT NOT NULL,
    subject   TEXT NOT NULL,
    detail    TEXT NOT NULL CHECK (json_valid(detail)),
    prev_hash BLOB NOT NULL CHECK (length(prev_hash) = 32),
    hash      BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;
CREATE TABLE audit_head (
    one   INTEGER PRIMARY KEY CHECK (one = 1),
    count INTEGER NOT NULL,
    hash  BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;
INSERT INTO audit_head (one, count, hash) VALUES (1, 0, zeroblob(32));

CREATE TRIGGER audit_follows_its_head BEFORE INSERT ON audit
WHEN NEW.seq <> (SELECT count + 1 FROM audit_head) OR NEW.prev_hash <> (SELECT hash FROM audit_head)
BEGIN SELECT RAISE(ABORT, 'an audit row follows the last one'); END;
CREATE TRIGGER audit_moves_its_head AFTER INSERT ON audit
BEGIN UPDATE audit_head SET count = NEW.seq, hash = NEW.hash; END;
CREATE TRIGGER audit_never_changes BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'an audit row is never changed'); END;
CREATE TRIGGER audit_stays BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'an audit row is never deleted'); END;
