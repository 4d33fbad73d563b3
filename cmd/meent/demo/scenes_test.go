package demo_test

import (
	"testing"

	"meent/cmd/meent/demo"
)

// expectScenes looks in each cooperative for all that gigs, shifts and hours can be.
func expectScenes(t *testing.T, h demo.House) {
	t.Helper()
	const engagement = `SELECT count(*) FROM jobs.engagement e JOIN jobs.shift s ON s.id = e.shift_id JOIN jobs.gig g ON g.id = s.gig_id
		LEFT JOIN jobs.timesheet t ON t.engagement_id = e.id WHERE e.cooperative_id = $1 AND `
	const gig = `SELECT count(*) FROM jobs.gig g LEFT JOIN jobs.meeting m ON m.gig_id = g.id WHERE g.cooperative_id = $1 AND g.state = 'open' AND `
	for c := range 2 {
		for name, query := range map[string]string{
			"XX": engagement + `true`,
		} {
			_ = query
			_ = name
			_ = gig
			_ = c
		}
	}
}
