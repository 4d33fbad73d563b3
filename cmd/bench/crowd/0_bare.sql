-- Indexes are built at once after the fill instead of row by row; what other
-- tables point at stays. 7_dressed.sql makes them again as they were.
SET LOCAL work_mem = '64MB';
SET LOCAL maintenance_work_mem = '256MB';

CREATE TEMP TABLE dress ON COMMIT DROP AS
SELECT i.indrelid::regclass::text AS of, i.indexrelid::regclass::text AS index, c.conname AS name,
    coalesce('ALTER TABLE ' || i.indrelid::regclass || ' ADD CONSTRAINT ' || c.conname || ' ' || pg_get_constraintdef(c.oid), pg_get_indexdef(i.indexrelid)) AS again
FROM pg_index i LEFT JOIN pg_constraint c ON c.conindid = i.indexrelid AND c.conrelid = i.indrelid AND c.contype IN ('p', 'u', 'x')
WHERE i.indrelid IN ('jobs.engagement'::regclass, 'jobs.timesheet'::regclass, 'matching.offer'::regclass, 'coaching.fact'::regclass,
        'payments.bill'::regclass, 'payments.bill_line'::regclass, 'payments.payout'::regclass, 'payments.entry'::regclass, 'payments.posting'::regclass)
    AND NOT EXISTS (SELECT FROM pg_constraint f WHERE f.contype = 'f' AND f.conindid = i.indexrelid);

DO $$
DECLARE d record;
BEGIN
    FOR d IN SELECT * FROM dress LOOP
        EXECUTE CASE WHEN d.name IS NULL THEN 'DROP INDEX ' || d.index ELSE format('ALTER TABLE %s DROP CONSTRAINT %I', d.of, d.name) END;
    END LOOP;
END $$;
