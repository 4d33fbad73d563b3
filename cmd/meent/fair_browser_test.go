package main

import (
	"testing"

	"github.com/chromedp/chromedp"

	"meent/members"
)

// workedBefore lets the people of the demo be members for months, and lets them work from
// none to nine times, three hours each, in the weeks before.
func (h *testHouse) workedBefore(t *testing.T) {
	t.Helper()
	h.workDone(t, agreed)
	for _, query := range []string{
		`UPDATE members.member SET referred_at = referred_at - interval '200 days', trial_at = trial_at - interval '200 days', member_at = member_at - interval '200 days' WHERE state = 'member'`,
		`INSERT INTO jobs.shift SELECT (jsonb_populate_record(x.r, jsonb_build_object('id', gen_random_uuid(), 'gig_id', g.id, 'seats', 12 + n, 'starts_at', date_trunc('week', x.starts_at) - n * interval '1 day' + interval '9 hours',
			'ends_at', date_trunc('week', x.starts_at) - n * interval '1 day' + interval '12 hours'))).*
		FROM (SELECT s AS r, s.* FROM jobs.shift s JOIN jobs.engagement e ON e.shift_id = s.id LIMIT 1) x, generate_series(1, 9) n,
			(SELECT DISTINCT ON (g.client_id) g.id FROM jobs.gig g WHERE g.cooperative_id = (SELECT cooperative_id FROM jobs.engagement LIMIT 1) AND g.state = 'open' ORDER BY g.client_id, g.id) g`,
		`INSERT INTO jobs.engagement SELECT DISTINCT ON (m.id, s.starts_at) (jsonb_populate_record(x.r, jsonb_build_object('id', gen_random_uuid(), 'shift_id', s.id, 'member_id', m.id, 'starts_at', s.starts_at, 'ends_at', s.ends_at))).*
		FROM (SELECT e AS r, e.* FROM jobs.engagement e LIMIT 1) x
			JOIN (SELECT *, row_number() OVER (ORDER BY gig_id, starts_at) AS no FROM jobs.shift) s ON s.cooperative_id = x.cooperative_id AND s.starts_at < date_trunc('week', x.starts_at)
			JOIN (SELECT *, row_number() OVER (ORDER BY id) AS no FROM members.member WHERE state = 'member') m ON m.cooperative_id = x.cooperative_id AND m.no % 8 > s.no % 9
		ORDER BY m.id, s.starts_at, s.no % 5 <> m.no % 5, s.id`,
	} {
		if _, err := h.db.Exec(t.Context(), query); err != nil {
			t.Fatal(err)
		}
	}
}

// TestAxeOfManyAtWork looks at the page of fairness as it is where many worked, in both
// themes, on a phone and a desktop.
func TestAxeOfManyAtWork(t *testing.T) {
	script := readAxe(t)
	house := newTestHouse(t)
	house.stopTasks(t)
	house.workedBefore(t)
	browser := newBrowser(t)
	for _, kind := range []members.RoleKind{members.RoleCoordinator, members.RoleMember} {
		t.Run("as "+string(kind), func(t *testing.T) {
			v := &visitor{t: t, ctx: newTab(t, browser), house: house, axe: script}
			v.arrive(kind)
			there := v.lookAt("/matching/fairness?weeks=4")
			var pictures int
			there.run(chromedp.Evaluate(`document.querySelectorAll("svg.chart").length`, &pictures))
			if pictures != 2 {
				t.Errorf("there are %d pictures", pictures)
			}
		})
	}
}
