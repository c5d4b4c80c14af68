"""The tables, as the steps by which they came about: a database is taken through those it lacks.

A step that was ever released stays as it is. A sample, a failure and a trace name their contender
by its place in the plan's line-up; times are in seconds.
"""

_FIRST = """
CREATE TABLE runs (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    session TEXT NOT NULL,
    state TEXT NOT NULL,
    plan TEXT NOT NULL,
    environment TEXT NOT NULL DEFAULT '{}',
    created REAL NOT NULL,
    started REAL,
    ended REAL,
    heartbeat REAL,
    stop INTEGER NOT NULL DEFAULT 0,
    error TEXT NOT NULL DEFAULT ''
);
CREATE INDEX runs_by_state ON runs (state, seq);
CREATE TABLE samples (
    run INTEGER NOT NULL REFERENCES runs (seq) ON DELETE CASCADE,
    round INTEGER NOT NULL,
    place INTEGER NOT NULL,
    contender INTEGER NOT NULL,
    cold_s REAL NOT NULL,
    warm_s REAL NOT NULL,
    start_s REAL NOT NULL,
    first_s REAL NOT NULL,
    stop_s REAL NOT NULL,
    repeats INTEGER NOT NULL,
    cpu_user_s REAL NOT NULL,
    cpu_system_s REAL NOT NULL,
    trial_s REAL NOT NULL,
    answer TEXT NOT NULL,
    PRIMARY KEY (run, round, place)
) WITHOUT ROWID;
CREATE TABLE failures (
    run INTEGER NOT NULL REFERENCES runs (seq) ON DELETE CASCADE,
    contender INTEGER NOT NULL,
    round INTEGER NOT NULL,
    code TEXT NOT NULL,
    message TEXT NOT NULL,
    output TEXT NOT NULL
);
CREATE INDEX failures_of_run ON failures (run);
CREATE TABLE services (
    pid INTEGER PRIMARY KEY,
    heartbeat REAL NOT NULL,
    waiting_for TEXT NOT NULL DEFAULT ''
);
"""

# What a trial tells beside its times: cost, the GIL, and what disturbed it. NULL is not known.
_COST_AND_DISTURBANCE = """
ALTER TABLE samples ADD COLUMN warm_cpu_s REAL;
ALTER TABLE samples ADD COLUMN voluntary INTEGER;
ALTER TABLE samples ADD COLUMN involuntary INTEGER;
ALTER TABLE samples ADD COLUMN gil INTEGER;
ALTER TABLE samples ADD COLUMN foreign_share REAL;
ALTER TABLE samples ADD COLUMN steal_share REAL;
ALTER TABLE samples ADD COLUMN throttled_s REAL;
ALTER TABLE samples ADD COLUMN swapped_in INTEGER;
CREATE TABLE traces (
    run INTEGER NOT NULL REFERENCES runs (seq) ON DELETE CASCADE,
    contender INTEGER NOT NULL,
    pass_s REAL NOT NULL,
    tasks INTEGER NOT NULL,
    workers INTEGER NOT NULL,
    spans BLOB NOT NULL,
    memory_bytes INTEGER,
    sent_bytes INTEGER,
    received_bytes INTEGER,
    PRIMARY KEY (run, contender)
) WITHOUT ROWID;
"""

# A run that goes on waits behind those that came before it did: its place is not its number.
_TURNS = """
ALTER TABLE runs ADD COLUMN queued REAL;
UPDATE runs SET queued = created;
"""

# Experiments wait in the same queue: a row of runs is one of them if its kind says so, and its plan
# is then what was asked for.
_EXPERIMENTS = """
ALTER TABLE runs ADD COLUMN kind TEXT NOT NULL DEFAULT 'run';
CREATE INDEX runs_by_kind ON runs (kind, seq);
CREATE TABLE demonstrations (
    run INTEGER PRIMARY KEY REFERENCES runs (seq) ON DELETE CASCADE,
    facts TEXT,
    output TEXT NOT NULL DEFAULT ''
);
CREATE TABLE events (
    run INTEGER NOT NULL REFERENCES runs (seq) ON DELETE CASCADE,
    place INTEGER NOT NULL,
    event TEXT NOT NULL,
    PRIMARY KEY (run, place)
) WITHOUT ROWID;
"""

# Jobs that were asked for together: the first one's id, or their own.
_SETS = """
ALTER TABLE runs ADD COLUMN batch TEXT NOT NULL DEFAULT '';
UPDATE runs SET batch = id;
CREATE INDEX runs_by_batch ON runs (batch, seq);
"""

# What lists, searches and trends read in place of plans and samples: what people call a run, its
# finding and figures as they were when it had ended at that time, and what it is filtered by.
# Rows of older runs are made when the list is first read.
_HISTORY = """
CREATE TABLE history (
    run INTEGER PRIMARY KEY REFERENCES runs (seq) ON DELETE CASCADE,
    title TEXT NOT NULL DEFAULT '',
    note TEXT NOT NULL DEFAULT '',
    plan TEXT NOT NULL,
    headline TEXT NOT NULL DEFAULT '',
    figures TEXT,
    ended REAL
);
CREATE INDEX history_by_plan ON history (plan, run);
CREATE TABLE tags (
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    run INTEGER NOT NULL REFERENCES runs (seq) ON DELETE CASCADE,
    PRIMARY KEY (kind, value, run)
) WITHOUT ROWID;
CREATE INDEX tags_of_run ON tags (run);
CREATE INDEX runs_by_session ON runs (session, seq);
"""

# Runs that come from elsewhere say so. Of a sample another tool tells its time and repeats alone.
_IMPORTS = """
ALTER TABLE runs ADD COLUMN imported TEXT;
CREATE TABLE told (
    run INTEGER NOT NULL REFERENCES runs (seq) ON DELETE CASCADE,
    round INTEGER NOT NULL,
    place INTEGER NOT NULL,
    contender INTEGER NOT NULL,
    cold_s REAL,
    warm_s REAL NOT NULL,
    start_s REAL,
    first_s REAL,
    stop_s REAL,
    repeats INTEGER NOT NULL,
    cpu_user_s REAL,
    cpu_system_s REAL,
    trial_s REAL,
    answer TEXT NOT NULL,
    warm_cpu_s REAL,
    voluntary INTEGER,
    involuntary INTEGER,
    gil INTEGER,
    foreign_share REAL,
    steal_share REAL,
    throttled_s REAL,
    swapped_in INTEGER,
    PRIMARY KEY (run, round, place)
) WITHOUT ROWID;
INSERT INTO told SELECT run, round, place, contender, cold_s, warm_s, start_s, first_s, stop_s,
    repeats, cpu_user_s, cpu_system_s, trial_s, answer, warm_cpu_s, voluntary, involuntary, gil,
    foreign_share, steal_share, throttled_s, swapped_in FROM samples;
DROP TABLE samples;
ALTER TABLE told RENAME TO samples;
"""

# Runs that somebody keeps. And what was ever measured in all, from which deleting takes nothing:
# seconds are those of trials, disturbed ones were over the thresholds when they were measured.
_RETENTION = """
ALTER TABLE runs ADD COLUMN kept INTEGER NOT NULL DEFAULT 0;
CREATE INDEX runs_by_age ON runs (kept, ended);
CREATE INDEX runs_by_count ON runs (kept, kind, seq);
CREATE INDEX runs_by_kind_and_state ON runs (kind, state);
CREATE TABLE totals (
    name TEXT PRIMARY KEY,
    value REAL NOT NULL
) WITHOUT ROWID;
INSERT INTO totals SELECT 'trials', count(*) FROM samples;
INSERT INTO totals SELECT 'failures', count(*) FROM failures;
INSERT INTO totals SELECT 'seconds', total(trial_s) FROM samples;
INSERT INTO totals SELECT 'disturbed', count(*) FROM samples
    WHERE foreign_share > 0.10 OR steal_share > 0.01;
"""

# Who started something within the last hour, and when, for the bounds of each person.
_STARTS = """
CREATE TABLE starts (
    person TEXT NOT NULL,
    at REAL NOT NULL
);
CREATE INDEX starts_by_person ON starts (person, at);
"""

# How often a trial was measured anew at once, since others had disturbed it.
_AGAIN = """
ALTER TABLE samples ADD COLUMN again INTEGER NOT NULL DEFAULT 0;
"""

STEPS = (
    _FIRST,
    _COST_AND_DISTURBANCE,
    _TURNS,
    _EXPERIMENTS,
    _SETS,
    _HISTORY,
    _IMPORTS,
    _RETENTION,
    _STARTS,
    _AGAIN,
)
VERSION = len(STEPS)
