package members

import (
	"context"

	"github.com/jackc/pgx/v5"

	"meent/internal/retention"
	"meent/internal/tasks"
)

// Tidy is the task that takes away what has run out, some of it at a time; a
// long list goes on in the next one.
type Tidy struct{}

// Kind names the task.
func (Tidy) Kind() string { return "members.tidy" }

// TidyTx does it.
func (s *Service) TidyTx(ctx context.Context, tx pgx.Tx, _ Tidy) error {
	more, err := retention.RunTx(ctx, tx, s.now(), tidySteps()...)
	if err != nil || !more {
		return err
	}
	_, err = s.tasks.EnqueueTx(ctx, tx, Tidy{}, tasks.Opts{Lane: tasks.Low})
	return err
}

// tidySteps carry out the rules. A review goes before the restriction that it is
// about.
func tidySteps() []retention.Step {
	return []retention.Step{
		{Rule: retention.SignIns, Do: deleteOldSignIns},
		{Rule: retention.SignIns, Do: deleteOldEmailChanges},
		{Rule: retention.SignIns, Do: deleteOldPhoneChanges},
		{Rule: retention.SignIns, Do: deleteOldCards},
		{Rule: retention.Tries, Do: deleteOldChallenges},
		{Rule: retention.Tries, Do: deleteOldGuesses},
		{Rule: retention.EndedSession, Do: deleteOldSessions},
		{Rule: retention.Invitations, Do: deleteOldColleagueInvitations},
		{Rule: retention.Invitations, Do: deleteOldInvitations},
		{Rule: retention.Imports, Do: deleteOldImports},
		{Rule: retention.Days, Do: deleteOldDays},
		{Rule: retention.Farewells, Do: deleteOldFarewells},
		{Rule: retention.Grants, Do: deleteOldGrants},
		{Rule: retention.Reads, Do: deleteOldReads},
		{Rule: retention.Reviews, Do: deleteOldReviews},
		{Rule: retention.Restrictions, Do: deleteOldRestrictions},
		{Rule: retention.Restrictions, Do: deleteOldRefusals},
		{Rule: retention.Reasons, Do: deleteOldReasons},
	}
}
