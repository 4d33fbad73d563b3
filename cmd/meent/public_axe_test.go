package main

import "meent/members"

// publicWork is the work that a cooperative shows everybody, a gig of it, or one
// that is over.
func (v *visitor) publicWork(below string) string {
	v.t.Helper()
	here := v.house.someone(v.t, members.RoleCoordinator).Role.Cooperative
	path := "/open-gigs/" + here.String()
	switch below {
	case "/:gig":
		return v.first(path, path+"/")
	case "/:over":
		var over string
		const query = `SELECT id::text FROM jobs.gig WHERE cooperative_id = $1 AND state = 'done' ORDER BY id LIMIT 1`
		if err := v.house.db.QueryRow(v.t.Context(), query, here).Scan(&over); err != nil {
			v.t.Fatal(err)
		}
		return path + "/" + over
	default:
		return path
	}
}
