-- One cooperative of $members, as many as are asked for, each with skills, a week, answers,
-- days that are otherwise, work and clients whom they do not want. Nobody is behind the
-- roles: matching reads none of that.
SET LOCAL session_replication_role = replica;
SELECT setseed(0.57);

INSERT INTO members.cooperative (id, name, created_at) VALUES ('00000000-0000-4000-8000-000000000001', 'Bench', now());

CREATE TEMP TABLE coop ON COMMIT DROP AS SELECT '00000000-0000-4000-8000-000000000001'::uuid AS id;
CREATE TEMP TABLE town ON COMMIT DROP AS SELECT row_number() OVER (ORDER BY code) - 1 AS n, code FROM members.place;
CREATE TEMP TABLE skill ON COMMIT DROP AS SELECT row_number() OVER (ORDER BY code) - 1 AS n, code FROM members.skill;
CREATE TEMP TABLE someone ON COMMIT DROP AS
SELECT n, gen_random_uuid() AS id, gen_random_uuid() AS role, random() AS lot FROM generate_series(0, current_setting('bench.members')::int - 1) n;

INSERT INTO members.role (id, cooperative_id, person_id, kind, created_at) SELECT s.role, coop.id, gen_random_uuid(), 'member', now() FROM someone s CROSS JOIN coop;

INSERT INTO members.member (id, cooperative_id, role_id, place_code, reach_m, travel, state, member_at, alumni_at)
SELECT s.id, coop.id, s.role, town.code, 3000 + s.n % 20 * 1000, 'bike', CASE WHEN s.n % 10 = 0 THEN 'alumni' ELSE 'member' END, now(), now()
FROM someone s CROSS JOIN coop JOIN town ON town.n = floor((SELECT count(*) FROM town) * s.lot * s.lot);

INSERT INTO members.member_skill (cooperative_id, member_id, skill_code, level)
SELECT coop.id, s.id, skill.code, (ARRAY['learning', 'can', 'well', 'can'])[1 + (s.n + k) % 4]
FROM someone s CROSS JOIN coop CROSS JOIN generate_series(0, 11) k
JOIN skill ON skill.n = (s.n * 31 + k * k * 17 + k) % (SELECT count(*) FROM skill) WHERE k < 4 + s.n % 9
ON CONFLICT DO NOTHING;

INSERT INTO members.member_goal (cooperative_id, member_id, skill_code)
SELECT coop.id, s.id, skill.code FROM someone s CROSS JOIN coop JOIN skill ON skill.n = s.n * 7 % (SELECT count(*) FROM skill);

INSERT INTO members.member_profile (cooperative_id, member_id, physical, sensory, mental, support, week, hours_wanted, hours_most, room_cents, dutch, english, most_offers, rest_days)
SELECT coop.id, s.id, 1 + s.n % 5, 1 + s.n / 5 % 5, 1 + s.n / 25 % 5, (ARRAY['none', 'sometimes', 'start', 'always'])[1 + s.n % 4],
    decode(repeat(md5(s.n::text), 5) || left(md5(s.n::text), 8), 'hex'), 4 + s.n % 20, 24 + s.n % 16, CASE WHEN s.n % 2 = 0 THEN 100 * (s.n % 800) END,
    'enough', 'little', 1 + s.n % 3, s.n % 3
FROM someone s CROSS JOIN coop;

INSERT INTO members.member_ability (cooperative_id, member_id, ability_code, strength)
SELECT coop.id, s.id, a.code, 'must' FROM someone s CROSS JOIN coop JOIN members.ability a ON a.bit = s.n % 12 WHERE s.n % 3 = 0;

INSERT INTO members.member_day (cooperative_id, member_id, day, off, extra)
SELECT coop.id, s.id, current_date + s.n % 40, true, decode(repeat('00', 12), 'hex') FROM someone s CROSS JOIN coop WHERE s.n % 4 = 0;

INSERT INTO members.client_block (cooperative_id, member_id, client_id, since)
SELECT coop.id, s.id, md5((s.n % 200)::text)::uuid, now() FROM someone s CROSS JOIN coop WHERE s.n % 20 = 0;

-- Work of those whose number ends in 1, 4 or 7: a gig of each client, a shift of each day.
INSERT INTO jobs.gig (id, cooperative_id, client_id, title, description, language, place_code, address, rate_cents, load, support_on_site, with_others, state, posted_by, posted_at)
SELECT md5('gig ' || c)::uuid, coop.id, md5(c::text)::uuid, 'Werk', 'Werk.', 'nl', (SELECT code FROM town WHERE n = 0), '', 1600, 'light', true, true, 'open', gen_random_uuid(), now()
FROM coop CROSS JOIN generate_series(0, 199) c;

INSERT INTO jobs.shift (id, cooperative_id, gig_id, starts_at, ends_at, break_minutes, seats)
SELECT md5('shift ' || c || ' ' || d)::uuid, coop.id, md5('gig ' || c)::uuid, date_trunc('day', now()) + d * interval '1 day' + interval '9 hours', date_trunc('day', now()) + d * interval '1 day' + interval '12 hours', 0, 50
FROM coop CROSS JOIN generate_series(0, 199) c CROSS JOIN generate_series(-20, 20) d;

INSERT INTO jobs.engagement (id, cooperative_id, shift_id, member_id, starts_at, ends_at, state, confirmed_at, seat, work_form, rate_cents, contribution_bp, notice_hours, late_share_bp)
SELECT gen_random_uuid(), coop.id, x.id, s.id, x.starts_at, x.ends_at, CASE WHEN x.ends_at < now() THEN 'agreed' ELSE 'confirmed' END, now(), 'work', 'member_entrepreneur', 1600, 1000, 24, 5000
FROM someone s CROSS JOIN coop JOIN jobs.shift x ON x.id = md5('shift ' || s.n % 200 || ' ' || s.n % 41 - 20)::uuid WHERE s.n % 10 IN (1, 4, 7);
