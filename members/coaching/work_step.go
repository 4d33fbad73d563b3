package coaching

import (
	"slices"
	"time"

	"meent/internal/id"
	"meent/members"
)

// WorkStep is a step of the ladder of work, from the cooperative's own workshop to
// a job. A gig is on one; a member may be on one, and is then asked for work up to
// it. It is another ladder than that of participation (Rung).
type WorkStep string

// The steps, from the first.
const (
	WorkshopStep    WorkStep = "workshop"
	AccompaniedStep WorkStep = "accompanied"
	SoloStep        WorkStep = "solo"
	TrialStep       WorkStep = "trial"
	JobStep         WorkStep = "job"
)

// WorkSteps lists them, from the first.
func WorkSteps() []WorkStep {
	return []WorkStep{WorkshopStep, AccompaniedStep, SoloStep, TrialStep, JobStep}
}

// Rank is the place of the step, from 1; 0 for none.
func (w WorkStep) Rank() int { return slices.Index(WorkSteps(), w) + 1 }

// Reaches reports whether a member on this step is asked for work on that one.
// Who is on no step is not limited.
func (w WorkStep) Reaches(work WorkStep) bool { return w == "" || work.Rank() <= w.Rank() }

// WorkStepID identifies a move.
type WorkStepID = id.Of[WorkStepMove]

// WorkStepMove is that a coach put a member on a step.
type WorkStepMove struct {
	ID     WorkStepID
	Step   WorkStep
	Was    WorkStep // the step before; empty: none
	At     time.Time
	By     members.RoleID
	ByName string
	Why    string // may be empty
	Gone   bool   // there was a reason, and it cannot be read any more
	sealed []byte
}

// MostStepWhy is how many characters a reason may have.
const MostStepWhy = 300

// Up reports a move to a higher step.
func (w WorkStepMove) Up() bool { return w.Was != "" && w.Step.Rank() > w.Was.Rank() }

func stepWhyColumn(move WorkStepID) string { return "work_step.why@" + move.String() }
