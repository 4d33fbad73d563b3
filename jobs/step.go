package jobs

import "meent/members/coaching"

// Step is the step of the ladder of work that a gig is on: see coaching.
type Step = coaching.WorkStep
