-- What the new members told: all fourteen questions.
CREATE TEMP TABLE word ON COMMIT DROP AS SELECT row_number() OVER (ORDER BY code) - 1 AS n, code, count(*) OVER () AS of FROM members.skill;

INSERT INTO members.member_skill (cooperative_id, member_id, skill_code, level)
SELECT DISTINCT ON (w.id, code) coop, w.id, code, (ARRAY['learning', 'can', 'well', 'can teach'])[1 + (w.n + k) % 4]
FROM house, worker w, generate_series(0, 6) k, word WHERE new AND k <= 3 + w.n % 4 AND word.n = (w.n * 7 + k * 23) % word.of;

INSERT INTO members.skill_evidence (cooperative_id, member_id, skill_code, by_role_id, level, at)
SELECT s.cooperative_id, s.member_id, s.skill_code, w.coach, s.level, now - interval '1 day' * (30 + w.n % 300)
FROM house, worker w JOIN members.member_skill s ON s.member_id = w.id WHERE new AND s.cooperative_id = coop AND s.level <> 'learning';

INSERT INTO members.member_goal (cooperative_id, member_id, skill_code)
SELECT coop, w.id, code FROM house, worker w, generate_series(0, 1) k, word WHERE new AND word.n = (w.n * 11 + k * 29 + 5) % word.of;

INSERT INTO members.member_ability (cooperative_id, member_id, ability_code, strength)
SELECT coop, w.id, code, CASE k WHEN 0 THEN 'must' ELSE 'prefer' END
FROM house, worker w, generate_series(0, 3) k, members.ability a WHERE new AND a.bit = (w.n + k * 5) % (SELECT count(*) FROM members.ability);

-- Working hours on most days: some bits of each of the seven times twelve bytes.
INSERT INTO members.member_profile (cooperative_id, member_id, physical, sensory, mental, support, week, hours_wanted, hours_most,
    room_cents, dutch, english, channel, quiet_from, quiet_until, most_offers, rest_days)
SELECT coop, id, 1 + n % 5, 1 + n % 4, 1 + n % 3, (ARRAY['none', 'sometimes', 'start', 'always'])[1 + n % 4],
    decode(repeat('00000000ffffffffff000000', 5 + n % 3) || repeat('00', 12 * (2 - n % 3)), 'hex'),
    4 + n % 20, 24 + n % 16, 20000 + n % 50 * 1000, (ARRAY['little', 'enough', 'well'])[1 + n % 3], (ARRAY['none', 'little', 'well'])[1 + n % 3],
    'mail', 84, 32, 1 + n % 3, n % 8
FROM house, worker WHERE new;

INSERT INTO members.member_day (cooperative_id, member_id, day, off, extra)
SELECT coop, id, now::date + k * 9 + n % 7, k % 3 > 0, decode(repeat('00', 4) || repeat('ff', 4) || repeat('00', 4), 'hex')
FROM house, worker, generate_series(0, 5) k WHERE new;

INSERT INTO members.member_answer (cooperative_id, member_id, question, state, at)
SELECT coop, id, question, CASE WHEN n % 9 = 0 AND question = 'abilities' THEN 'skipped' ELSE 'answered' END, now - interval '100 days'
FROM house, worker, unnest(ARRAY['name', 'skills', 'levels', 'abilities', 'load', 'support', 'travel', 'week',
    'hours', 'room', 'learn', 'languages', 'contact', 'note']) AS question WHERE new;

-- What they let their coach see: now, and each half year before.
INSERT INTO members.access_grant (id, cooperative_id, member_id, grantee_id, scope, granted_at, until)
SELECT gen_random_uuid(), coop, id, coach, scope, at, (at AT TIME ZONE 'Europe/Amsterdam')::date + 170
FROM (SELECT house.*, worker.*, scope, now - interval '20 days' - interval '180 days' * k AS at
    FROM house, worker, generate_series(0, blocks / 7) k, unnest(ARRAY['profile', 'offers', 'progress', 'agenda', 'hours', 'self-scores']) AS scope WHERE new) g;

-- Every other week the coach looked.
INSERT INTO members.access_read (cooperative_id, member_id, hour, reader_id, scope)
SELECT coop, id, date_trunc('day', now) - interval '1 week' * k + interval '1 hour' * (8 + n % 9) - interval '1 day', coach, (ARRAY['progress', 'profile'])[1 + k % 2]
FROM house, worker, generate_series(0, 4 * blocks) k WHERE new AND (n + k) % 2 = 0 ORDER BY 3;
