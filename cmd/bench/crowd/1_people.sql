-- The biggest cooperative of the demo, and what it grows to. The settings bench.*
-- say how many members and how many weeks.
CREATE TEMP TABLE house ON COMMIT DROP AS
SELECT m.cooperative_id AS coop, now() AS now, current_setting('bench.members')::int AS members,
    current_setting('bench.weeks')::int / 4 AS blocks, -- of four weeks, all over
    avg(p.lat) AS lat, avg(p.lon) AS lon
FROM members.member m JOIN members.place p ON p.code = m.place_code GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1;

-- Names of the demo, mixed anew.
CREATE TEMP TABLE name ON COMMIT DROP AS
SELECT array_agg(split_part(name, ' ', 1) ORDER BY name) AS given, array_agg(regexp_replace(name, '^\S+ ', '') ORDER BY md5(name)) AS family
FROM members.person;

-- Where they live: around the places of the demo.
CREATE TEMP TABLE home ON COMMIT DROP AS
SELECT row_number() OVER (ORDER BY far) - 1 AS n, code FROM (
    SELECT code, (p.lat - h.lat) ^ 2 + ((p.lon - h.lon) * 0.6) ^ 2 AS far FROM members.place p, house h ORDER BY 2, 1 LIMIT 100) near;

CREATE TEMP TABLE newcomer ON COMMIT DROP AS
SELECT want.kind, g.n, gen_random_uuid() AS person, gen_random_uuid() AS role, gen_random_uuid() AS own,
    given[1 + g.n % cardinality(given)] || ' ' || family[1 + g.n * 7 % cardinality(family)] AS name, home.code AS place,
    h.now - interval '1 week' * (4 * h.blocks + 1) AS since
FROM house h CROSS JOIN name CROSS JOIN LATERAL (VALUES ('member', h.members), ('coach', 20), ('client', 60)) AS want (kind, most)
CROSS JOIN LATERAL generate_series(1 + (SELECT count(*) FROM members.role r WHERE r.cooperative_id = h.coop AND r.kind = want.kind)::int, want.most) AS g (n)
JOIN home ON home.n = g.n * 13 % 100;

INSERT INTO members.person (id, email, name, locale, created_at)
SELECT person, kind || n || '@bench.example', name, 'nl', since FROM newcomer;

INSERT INTO members.client (id, cooperative_id, name, kind, place_code, address, created_at, state)
SELECT own, coop, 'Bedrijf ' || n, 'organisation', place, 'Dorpsstraat ' || n, since, 'approved' FROM newcomer, house WHERE kind = 'client';

INSERT INTO members.role (id, cooperative_id, person_id, kind, client_id, created_at, duty)
SELECT role, coop, person, kind, CASE kind WHEN 'client' THEN own END, since, CASE kind WHEN 'client' THEN 'manager' END FROM newcomer, house;

INSERT INTO members.member (id, cooperative_id, role_id, place_code, reach_m, travel, state, member_at, trial_at, trial_until)
SELECT own, coop, role, place, 5000 + n % 5 * 5000, (ARRAY['walk', 'bike', 'transit', 'car'])[1 + n % 4],
    CASE WHEN n % 50 = 0 THEN 'trial' ELSE 'member' END, CASE WHEN n % 50 > 0 THEN since END,
    CASE WHEN n % 50 = 0 THEN now - interval '60 days' END, CASE WHEN n % 50 = 0 THEN now::date + n % 60 END
FROM newcomer, house WHERE kind = 'member';

-- Everybody of the cooperative, the old ones too, numbered without an order.
CREATE TEMP TABLE coach ON COMMIT DROP AS
SELECT row_number() OVER (ORDER BY id) - 1 AS n, id AS role FROM members.role, house WHERE cooperative_id = coop AND kind = 'coach';

CREATE TEMP TABLE client ON COMMIT DROP AS
SELECT row_number() OVER (ORDER BY c.id) - 1 AS n, c.id, c.place_code AS place, (SELECT r.id FROM members.role r WHERE r.client_id = c.id LIMIT 1) AS contact
FROM members.client c, house WHERE c.cooperative_id = coop AND c.state = 'approved';

INSERT INTO coaching.caseload (cooperative_id, member_id, coach_id, since)
SELECT coop, own, coach.role, since FROM newcomer, house, coach WHERE kind = 'member' AND coach.n = newcomer.n % (SELECT count(*) FROM coach);

CREATE TEMP TABLE worker ON COMMIT DROP AS
SELECT (row_number() OVER (ORDER BY md5(m.id::text)) - 1)::int AS n, m.id, l.coach_id AS coach, n.own IS NOT NULL AS new
FROM house JOIN members.member m ON m.cooperative_id = coop LEFT JOIN newcomer n ON n.own = m.id
JOIN coaching.caseload l ON l.cooperative_id = coop AND l.member_id = m.id;

ANALYZE house, name, home, newcomer, coach, client, worker;
