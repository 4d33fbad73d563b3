-- Gigs of four shifts, one a week, each block of four weeks anew: one gig for
-- every four members. The last block begins this week. As the program itself
-- leaves them, gigs stay open when their shifts are over.
CREATE TEMP TABLE example ON COMMIT DROP AS
SELECT row_number() OVER (ORDER BY title) - 1 AS n, * FROM (
    SELECT DISTINCT ON (title) id, title, description, language, load, support_on_site, with_others FROM jobs.gig ORDER BY title, id) g;

CREATE TEMP TABLE gig ON COMMIT DROP AS
SELECT gen_random_uuid() AS id, b AS block, j, c.id AS client, c.contact, c.place, 1625 + j % 6 * 50 AS rate, e.n AS example,
    date_trunc('week', now AT TIME ZONE 'Europe/Amsterdam') - interval '4 weeks' * (blocks - b) AS monday
FROM house CROSS JOIN generate_series(0, blocks) b CROSS JOIN generate_series(0, members / 4 - 1) j
JOIN client c ON c.n = j % (SELECT count(*) FROM client) JOIN example e ON e.n = (j * 5 + b) % (SELECT count(*) FROM example);

CREATE TEMP TABLE shift ON COMMIT DROP AS
SELECT gen_random_uuid() AS id, gig.id AS gig, block, j, k, client, rate,
    (monday + interval '1 day' * (7 * k + j % 5) + interval '1 hour' * (8 + j / 5 % 2 * 5)) AT TIME ZONE 'Europe/Amsterdam' AS starts, 3 + j % 2 AS hours
FROM gig, generate_series(0, 3) k;
CREATE INDEX ON shift (block, k, j);
ANALYZE gig, example, shift;

-- A member works each week, or each second, third or fourth; three in five seats
-- of what is to come are taken.
CREATE TEMP TABLE engagement ON COMMIT DROP AS
SELECT gen_random_uuid() AS id, s.id AS shift, s.client, s.rate, w.id AS member, w.n, w.coach, s.starts, s.starts + interval '1 hour' * s.hours AS ends,
    s.hours * 60 AS minutes, s.starts - interval '4 days' AS asked, random() AS luck, gen_random_uuid() AS offer
FROM house CROSS JOIN worker w CROSS JOIN generate_series(0, 4 * blocks + 3) week
JOIN shift s ON s.block = week / 4 AND s.k = week % 4 AND s.j = (w.n * 31 + week * 17) % (members / 4)
WHERE (w.n + week) % (1 + w.n % 4) = 0 AND (s.starts < now OR random() < 0.6)
    AND (new OR NOT EXISTS (SELECT FROM jobs.engagement e WHERE e.member_id = w.id AND e.starts_at < s.starts + interval '5 hours' AND e.ends_at > s.starts));

ALTER TABLE engagement ADD COLUMN state text;
UPDATE engagement SET state = CASE WHEN ends > now THEN 'confirmed' WHEN luck < 0.02 THEN 'cancelled' WHEN luck < 0.03 THEN 'absent'
    WHEN ends > now - interval '4 days' THEN 'finished' WHEN ends > now - interval '21 days' THEN 'billed' ELSE 'paid' END FROM house;
CREATE INDEX ON engagement (shift);
ANALYZE engagement;

INSERT INTO jobs.gig (id, cooperative_id, client_id, title, description, language, place_code, address, rate_cents, load, support_on_site, with_others, state, posted_by, posted_at)
SELECT g.id, coop, client, title, description, language, place, 'Dorpsstraat ' || j, rate, load, support_on_site, with_others, 'open', contact,
    least(monday AT TIME ZONE 'Europe/Amsterdam' - interval '10 days', now)
FROM house, gig g JOIN example e ON e.n = g.example ORDER BY monday;

INSERT INTO jobs.gig_skill (cooperative_id, gig_id, skill_code)
SELECT coop, g.id, s.skill_code FROM house, gig g JOIN example e ON e.n = g.example JOIN jobs.gig_skill s ON s.gig_id = e.id;

INSERT INTO jobs.shift (id, cooperative_id, gig_id, starts_at, ends_at, break_minutes, seats)
SELECT s.id, coop, gig, s.starts, s.starts + interval '1 hour' * hours, 0,
    greatest(1, count(e.id) FILTER (WHERE e.state NOT IN ('cancelled', 'absent')) + CASE WHEN s.starts > now THEN 1 + j % 2 ELSE 0 END)
FROM house, shift s LEFT JOIN engagement e ON e.shift = s.id GROUP BY coop, now, s.id, gig, s.starts, hours, j ORDER BY s.starts;

INSERT INTO jobs.engagement (id, cooperative_id, shift_id, member_id, starts_at, ends_at, state, confirmed_at,
    called_off_at, called_off_by, called_off_role_id, absent_at, absent_role_id, rate_cents, contribution_bp, notice_hours, late_share_bp)
SELECT e.id, coop, e.shift, e.member, e.starts, e.ends, e.state, least(e.asked + interval '1 day', now),
    CASE WHEN e.state = 'cancelled' THEN e.starts - interval '1 day' END, CASE WHEN e.state = 'cancelled' THEN 'office' END, CASE WHEN e.state = 'cancelled' THEN o.id END,
    CASE WHEN e.state = 'absent' THEN e.starts + interval '1 hour' END, CASE WHEN e.state = 'absent' THEN o.id END,
    g.rate_cents, t.contribution_bp, t.notice_hours, t.late_share_bp -- as jobs.keep_terms would
FROM house CROSS JOIN LATERAL (SELECT id FROM members.role WHERE cooperative_id = coop AND kind = 'coordinator' LIMIT 1) o
    JOIN members.settings t ON t.cooperative_id = coop, engagement e JOIN jobs.shift s ON s.id = e.shift JOIN jobs.gig g ON g.id = s.gig_id ORDER BY e.asked;

INSERT INTO jobs.timesheet (id, cooperative_id, engagement_id, state, minutes, reason, proposed_at, agreed_at)
SELECT gen_random_uuid(), coop, id, CASE WHEN state <> 'finished' THEN 'agreed' WHEN n % 3 = 1 THEN 'member_proposed' ELSE 'client_proposed' END,
    minutes, CASE WHEN state = 'finished' AND n % 3 = 2 THEN decode(repeat('5a', 90), 'hex') END, ends, CASE WHEN state <> 'finished' THEN ends + interval '1 day' END
FROM house, engagement WHERE state IN ('billed', 'paid') OR state = 'finished' AND n % 3 > 0 ORDER BY ends;
