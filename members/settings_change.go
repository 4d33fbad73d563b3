package members

import (
	"context"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/internal/id"
)

// SettingsChanged is the deed of ChangeSettings.
const SettingsChanged = "settings_changed"

// Settings reads what the actor's cooperative decided; everybody in it may. It
// returns ErrNotFound to a person without a role.
func (s *Service) Settings(ctx context.Context, by Actor) (Settings, error) {
	return findSettings(ctx, s.db, by.Cooperative, "")
}

// SettingsTx reads them in a transaction of the caller, for rules that follow
// from them. It returns ErrNotFound.
func (s *Service) SettingsTx(ctx context.Context, tx pgx.Tx, c id.Cooperative) (Settings, error) {
	return findSettings(ctx, tx, c, "")
}

// ChangeSettings makes these the settings of the acting coordinator's
// cooperative, and writes down what each changed one was and is, and why. The
// same settings again change nothing. It returns check.Problems, ErrStale when
// others than those with this Version stand there by now, and ErrNotFound to
// everybody else.
func (s *Service) ChangeSettings(ctx context.Context, by Actor, to Settings, why string) error {
	if by.Kind != RoleCoordinator {
		return ErrNotFound
	}
	to, why = to.tidy(), strings.TrimSpace(why)
	if err := to.Problems(why).Err(); err != nil {
		return err
	}
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error { return s.changeSettingsTx(ctx, tx, by, to, why) })
}

func (s *Service) changeSettingsTx(ctx context.Context, tx pgx.Tx, by Actor, to Settings, why string) error {
	was, err := findSettings(ctx, tx, by.Cooperative, forUpdate)
	if err != nil {
		return err
	}
	changes := was.changes(to)
	switch {
	case was.Version != to.Version:
		return ErrStale
	case len(changes) == 0:
		return nil
	}
	if err := to.onlyUp(was).Err(); err != nil {
		return err
	}
	if err := updateSettings(ctx, tx, by.Cooperative, to, s.now()); err != nil {
		return err
	}
	if was.Name != to.Name {
		if err := renameCooperative(ctx, tx, by.Cooperative, to.Name); err != nil {
			return err
		}
	}
	return s.AuditTx(ctx, tx, Deed{By: by, What: SettingsChanged, Detail: changes, Why: why})
}

// firstSettingsTx gives a new cooperative what it begins with.
func firstSettingsTx(ctx context.Context, tx pgx.Tx, c Cooperative, now time.Time) error {
	return insertSettings(ctx, tx, c.ID, firstSettings(c.Name), now)
}

// nameTaken is the problem of a name that another cooperative has.
func nameTaken() error { return check.Problems{{Field: "name", Rule: "taken"}} }
