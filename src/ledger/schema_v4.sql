-- The ledger, version 4. What the record needs to tell a changed setting, shifts that a manager closes, managers' badges,
-- and waits after wrong PINs, and how long a refund has stood as it does, by a clock that nobody sets.

-- The settings file as each till last read it, hidden values as hidden: the record says what changed since.
CREATE TABLE settings_seen (
    till  TEXT NOT NULL,
    name  TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    value TEXT NOT NULL,
    PRIMARY KEY (till, name)
) STRICT, WITHOUT ROWID;

-- Who closed a shift (a manager, where its own cashier forgot), and a number that people can say.
ALTER TABLE shifts ADD COLUMN closed_by TEXT REFERENCES operators (id);
ALTER TABLE shifts ADD COLUMN number INTEGER CHECK (number >= 1);
DROP TRIGGER shifts_close_once;
UPDATE shifts SET number = (SELECT count(*) FROM shifts earlier WHERE earlier.till = shifts.till
                            AND (earlier.opened_at, earlier.id) <= (shifts.opened_at, shifts.id));
CREATE UNIQUE INDEX shifts_by_number ON shifts (till, number);
CREATE TRIGGER shifts_close_once BEFORE UPDATE ON shifts
WHEN OLD.closed_at IS NOT NULL OR NEW.id <> OLD.id OR NEW.operator <> OLD.operator OR NEW.till <> OLD.till
  OR NEW.opened_at <> OLD.opened_at OR NEW.number IS NOT OLD.number
BEGIN SELECT RAISE(ABORT, 'a shift is closed once and keeps its terms'); END;
CREATE TRIGGER shifts_are_numbered BEFORE INSERT ON shifts
WHEN NEW.number IS NULL
BEGIN SELECT RAISE(ABORT, 'a shift has a number'); END;

-- Badges of managers: the SHA-256 of each one's secret, never the secret. One is in use for each person at most.
CREATE TABLE badges (
    hash       BLOB NOT NULL PRIMARY KEY CHECK (length(hash) = 32),
    operator   TEXT NOT NULL REFERENCES operators (id),
    made_by    TEXT NOT NULL,
    made_at    INTEGER NOT NULL,
    revoked_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX badges_in_use ON badges (operator) WHERE revoked_at IS NULL;
CREATE TRIGGER badges_are_managers BEFORE INSERT ON badges
WHEN NEW.revoked_at IS NULL
 AND NOT EXISTS (SELECT 1 FROM operators WHERE id = NEW.operator AND role = 'manager' AND active = 1)
BEGIN SELECT RAISE(ABORT, 'a badge is a manager''s'); END;
CREATE TRIGGER badges_are_revoked_once BEFORE UPDATE ON badges
WHEN OLD.revoked_at IS NOT NULL OR NEW.revoked_at IS NULL OR NEW.hash <> OLD.hash OR NEW.operator <> OLD.operator
  OR NEW.made_by <> OLD.made_by OR NEW.made_at <> OLD.made_at
BEGIN SELECT RAISE(ABORT, 'a badge is revoked once and keeps its terms'); END;
CREATE TRIGGER badges_stay BEFORE DELETE ON badges
BEGIN SELECT RAISE(ABORT, 'a badge is never deleted'); END;

-- Where a steady clock stood at the last wrong PIN, and since which start of the machine it runs: a wait is counted by it.
ALTER TABLE pin_failures ADD COLUMN boot TEXT;
ALTER TABLE pin_failures ADD COLUMN steady_ms INTEGER CHECK ((steady_ms IS NULL) = (boot IS NULL));

-- Since when a refund that may have been executed stands as it does, by the same clock; `updated_at` says as what.
CREATE TABLE refund_standings (
    reference  TEXT NOT NULL PRIMARY KEY REFERENCES refunds (reference),
    updated_at INTEGER NOT NULL,
    boot       TEXT NOT NULL,
    steady_ms  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The language a person reads the window in; whoever has no row reads the store's.
CREATE TABLE operator_languages (
    operator TEXT NOT NULL PRIMARY KEY REFERENCES operators (id),
    language TEXT NOT NULL CHECK (length(language) BETWEEN 2 AND 16)
) STRICT, WITHOUT ROWID;
