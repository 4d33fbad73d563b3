package members

import (
	"context"

	"github.com/jackc/pgx/v5"
)

// ConfirmSkillTx notes that the acting coach or client saw the member do it, at
// the level that the member gave themselves. Twice is once: fresh says that it is
// new. Whether they may say so is for the caller to know: see coaching. It returns
// ErrNotFound to other roles, and for a skill that the member does not name.
func (s *Service) ConfirmSkillTx(ctx context.Context, tx pgx.Tx, by Actor, m MemberID, skill string) (fresh bool, err error) {
	unknown := codesProblems("skill", []string{skill}, 1)
	if by.Kind != RoleCoach && by.Kind != RoleClient || len(unknown) > 0 {
		return false, ErrNotFound
	}
	person, err := findPersonOf(ctx, tx, by.Cooperative, m)
	if err != nil {
		return false, err
	}
	if fresh, err = upsertEvidence(ctx, tx, by, m, Seen{Skill: skill}, s.now()); err != nil || !fresh {
		return false, err
	}
	return true, s.AuditTx(ctx, tx, Deed{By: by, For: person, What: "skill_confirmed", Ref: "member:" + m.String()})
}
