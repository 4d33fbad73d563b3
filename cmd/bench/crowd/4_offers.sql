-- Each seat was offered to three members: one came, the others had no time, did
-- not answer, or are a reserve no more.
CREATE TEMP TABLE offer ON COMMIT DROP AS
SELECT offer AS id, shift, member, 'confirmed' AS state, asked FROM engagement;
INSERT INTO offer
SELECT DISTINCT ON (e.shift, w.id) gen_random_uuid(), e.shift, w.id, (ARRAY['no', 'expired', 'thanked'])[1 + (w.n + e.n) % 3], e.asked
FROM house CROSS JOIN engagement e CROSS JOIN generate_series(1, 2) k JOIN worker w ON w.n = (e.n + k * 137) % members
WHERE NOT EXISTS (SELECT FROM engagement other WHERE other.shift = e.shift AND other.member = w.id);

INSERT INTO matching.offer (id, cooperative_id, shift_id, member_id, state, points, weights_version, explanation, sent_at, until, answered_at, decided_at, reason)
SELECT id, coop, shift, member, state, 414, 1,
    '{"total": 414, "points": [{"of": 300, "kind": "fit", "points": 100, "skills": ["textile-sorting"]}, {"of": 150, "kind": "near", "metres": 2335, "points": 114}, {"of": 30, "kind": "known", "points": 0}, {"of": 200, "kind": "fair", "points": 200}], "version": 1}',
    least(asked, now - interval '2 hours'), least(asked, now - interval '2 hours') + interval '1 day', CASE WHEN state <> 'expired' THEN least(asked + interval '5 hours', now) END,
    CASE WHEN state <> 'no' THEN least(asked + interval '1 day', now) END, CASE WHEN state = 'no' THEN 'wrong_time' END
FROM house, offer ORDER BY asked;

-- Every second member has an open offer, and every twentieth asked for a seat.
INSERT INTO matching.offer (id, cooperative_id, shift_id, member_id, state, asked, points, weights_version, explanation, sent_at, until)
SELECT gen_random_uuid(), coop, s.id, w.id, CASE WHEN n % 20 = 1 THEN 'asked' ELSE 'sent' END, n % 20 = 1, 570, 1,
    '{"total": 570, "points": [{"of": 300, "kind": "fit", "points": 300, "skills": ["window-cleaning"]}, {"of": 150, "kind": "near", "metres": 15924, "points": 70}, {"of": 30, "kind": "known", "points": 0}, {"of": 200, "kind": "fair", "points": 200}], "version": 1}',
    now - interval '1 hour', now + interval '1 day'
FROM house CROSS JOIN worker w JOIN (SELECT s.* FROM house, shift s WHERE s.block = blocks AND s.k = 2) s ON s.j = n % (members / 4)
WHERE (n % 2 = 0 OR n % 20 = 1) AND NOT EXISTS (SELECT FROM offer o WHERE o.shift = s.id AND o.member = w.id);

-- What was reported to coaching, in the order in which it happened.
CREATE TEMP TABLE fact ON COMMIT DROP AS
SELECT member, 'offer_sent' AS kind, asked AS at, 0 AS minutes, id AS ref FROM offer
UNION ALL SELECT member, CASE state WHEN 'confirmed' THEN 'offer_yes' ELSE 'offer_' || state END, asked + interval '5 hours', 0, id FROM offer
UNION ALL SELECT member, 'confirmed', asked + interval '1 day', 0, id FROM engagement
UNION ALL SELECT member, 'shift', starts, minutes, id FROM engagement WHERE state NOT IN ('cancelled', 'absent')
UNION ALL (SELECT DISTINCT ON (member, client) member, 'first_shift', starts, minutes, id FROM engagement WHERE state NOT IN ('cancelled', 'absent') ORDER BY member, client, starts)
UNION ALL SELECT member, 'no_show', starts, minutes, id FROM engagement WHERE state = 'absent'
UNION ALL SELECT member_id, 'skill_confirmed', at, 0, gen_random_uuid() FROM members.skill_evidence JOIN worker w ON w.id = member_id AND w.new
UNION ALL SELECT member, 'hours_proposed', ends, minutes, id FROM engagement WHERE state IN ('billed', 'paid')
UNION ALL SELECT member, 'hours_agreed', ends + interval '1 day', minutes, id FROM engagement WHERE state IN ('billed', 'paid')
UNION ALL SELECT member, 'billed', ends + interval '1 day', 0, id FROM engagement WHERE state IN ('billed', 'paid')
UNION ALL SELECT member, 'paid', ends + interval '7 days', 0, id FROM engagement WHERE state = 'paid';

INSERT INTO coaching.fact (id, cooperative_id, member_id, kind, at, minutes, ref)
SELECT gen_random_uuid(), coop, member, kind, CASE WHEN kind IN ('shift', 'first_shift') THEN at ELSE least(at, now) END, minutes, ref FROM house, fact ORDER BY at;
