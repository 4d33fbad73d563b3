package jobs_test

// Work that did not come, as tests put it there: who said so is a coordinator.
const (
	sayer     = `(SELECT r.id FROM members.role r WHERE r.cooperative_id = engagement.cooperative_id AND r.kind = 'coordinator' LIMIT 1)`
	setOff    = `state = 'cancelled', called_off_at = now(), called_off_by = 'office', called_off_role_id = ` + sayer + `, absent_at = NULL, absent_role_id = NULL`
	setAbsent = `state = 'absent', absent_at = now(), absent_role_id = ` + sayer + `, called_off_at = NULL, called_off_by = NULL, called_off_role_id = NULL`
)
