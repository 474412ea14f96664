-- The ledger, version 4. What the record needs to tell a changed setting, and shifts that a manager closes.

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
